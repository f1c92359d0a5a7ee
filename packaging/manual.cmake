# Has the binary write its man pages and completions into MANUAL.
# TO BE MADE STRICT with the command: until `icosa help --write` is there, a refusal leaves an empty manual.
file(REMOVE_RECURSE ${MANUAL})
execute_process(COMMAND ${ICOSA} help --write ${MANUAL} RESULT_VARIABLE code OUTPUT_QUIET ERROR_QUIET)
if(NOT code EQUAL 0)
  message(STATUS "no manual: `icosa help --write` exits ${code}")
  file(MAKE_DIRECTORY ${MANUAL}/man)
endif()
