# Read by CPack when it packs: version and date are the commit's, never the clock's: one commit gives one package.
function(of_commit name)
  execute_process(COMMAND git ${ARGN} WORKING_DIRECTORY ${CPACK_ICOSA_SOURCE} OUTPUT_VARIABLE said RESULT_VARIABLE code
    OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  if(NOT code EQUAL 0)
    set(said "")  # not a repository: a release's own tree
  endif()
  set(${name} "${said}" PARENT_SCOPE)
endfunction()

of_commit(seconds log -1 --format=%ct)
of_commit(hash rev-parse --short=7 HEAD)
of_commit(changed status --porcelain --untracked-files=no)
of_commit(tag tag --points-at HEAD v${CPACK_PACKAGE_VERSION})
if(NOT DEFINED ENV{SOURCE_DATE_EPOCH})
  if(NOT seconds)
    set(seconds 315532800)  # 1980, the first year that every archive can hold
  endif()
  set(ENV{SOURCE_DATE_EPOCH} ${seconds})
endif()

# Before its tag a version is on the way there, which Debian writes with a tilde.
set(CPACK_DEBIAN_PACKAGE_VERSION ${CPACK_PACKAGE_VERSION})
if(hash AND (changed OR NOT tag))
  string(TIMESTAMP day "%Y%m%d" UTC)  # of SOURCE_DATE_EPOCH
  string(APPEND CPACK_DEBIAN_PACKAGE_VERSION "~git${day}.${hash}")
endif()
if(changed)
  string(APPEND CPACK_DEBIAN_PACKAGE_VERSION "+changed")
endif()
