# Has the binary write its man pages and completions into MANUAL.
file(REMOVE_RECURSE ${MANUAL})
execute_process(COMMAND ${ICOSA} help --write ${MANUAL} RESULT_VARIABLE code ERROR_VARIABLE told)
if(NOT code EQUAL 0)
  message(FATAL_ERROR "`icosa help --write` exits ${code}: ${told}")
endif()
