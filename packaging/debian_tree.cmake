# Run by CPack between installing and packing: what Debian wants otherwise than a plain `cmake --install`.
set(tree ${CPACK_TEMPORARY_DIRECTORY}/usr)
set(doc ${tree}/share/doc/icosa)

# Debian has the Apache licence in /usr/share/common-licenses, where the copyright file points.
file(REMOVE ${doc}/LICENSE)

string(TIMESTAMP day "%a, %d %b %Y %H:%M:%S +0000" UTC)  # of SOURCE_DATE_EPOCH
file(WRITE ${doc}/changelog "icosa (${CPACK_DEBIAN_PACKAGE_VERSION}) unstable; urgency=medium\n\n"
  "  * What changed is told by the commits of the source tree.\n\n -- ${CPACK_PACKAGE_CONTACT} <>  ${day}\n")
file(COPY ${CMAKE_CURRENT_LIST_DIR}/lintian/icosa DESTINATION ${tree}/share/lintian/overrides)

file(GLOB pages ${tree}/share/man/man1/*.1)
execute_process(COMMAND gzip --best --no-name ${doc}/changelog ${pages} COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND chmod -R u=rwX,go=rX ${tree} COMMAND_ERROR_IS_FATAL ANY)  # whatever the umask
