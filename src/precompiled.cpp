/// Nothing: the library of the precompiled headers needs a file.
