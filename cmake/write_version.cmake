# Run at build time by PoulticeVersion.cmake: fills in the commit; leaves an unchanged file untouched.

set(GIT_HASH unknown)
find_program(GIT git)
if(GIT AND EXISTS ${SOURCE_DIR}/.git)
  execute_process(COMMAND ${GIT} -C ${SOURCE_DIR} describe --always --abbrev=40 --exclude=* --dirty
    OUTPUT_VARIABLE found RESULT_VARIABLE failed OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  if(NOT failed)
    set(GIT_HASH ${found})
  endif()
endif()
configure_file(${TEMPLATE} ${OUTPUT} @ONLY)
