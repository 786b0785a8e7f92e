# What the folders' CMakeLists.txt are written in.

# The .cpp files of this folder and below, without unit tests; a new file needs no edit.
function(poultice_sources out)
  file(GLOB_RECURSE found CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  list(FILTER found EXCLUDE REGEX "/test_[^/]*\\.cpp$")
  set(${out} ${found} PARENT_SCOPE)
endfunction()

# Precompiles what most files of a target include, and further headers given; each file still includes what it
# needs, which clang-tidy checks.
function(poultice_precompile target)
  if(POULTICE_PRECOMPILE)
    target_precompile_headers(${target} PRIVATE
      <algorithm> <cmath> <filesystem> <functional> <map> <memory> <string> <vector> <fmt/format.h> ${ARGN})
  endif()
endfunction()

# For what waits for a person or a file: it is compiled in half the time, and runs no slower.
function(poultice_optimise_little target)
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O1>)
endfunction()

# One layer of the engine as a static library. Unit tests link exactly one of them, so that a folder
# that reaches for a later one does not link.
function(poultice_add_layer name)
  if(NOT ARGN)  # a folder that is still empty
    file(WRITE ${PROJECT_BINARY_DIR}/${name}_empty.cpp "")
    list(APPEND ARGN ${PROJECT_BINARY_DIR}/${name}_empty.cpp)
  endif()
  add_library(${name} STATIC ${ARGN})
  target_link_libraries(${name} PRIVATE $<BUILD_INTERFACE:poultice_compiler>)
  target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/generated)
  poultice_precompile(${name})
endfunction()

# A test executable from all .cpp files of `folder`, run by ctest as one test; nothing while it has none.
function(poultice_add_test name folder)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${folder}/*.cpp)
  poultice_add_test_of(${name} "${sources}" ${ARGN})
endfunction()

function(poultice_add_test_of name sources)
  if(NOT sources)
    return()
  endif()
  add_executable(${name} ${sources})
  target_link_libraries(${name} PRIVATE poultice_compiler ${ARGN} fmt::fmt GTest::gmock GTest::gtest_main)
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/generated)
  target_compile_definitions(${name} PRIVATE POULTICE_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  poultice_optimise_little(${name})  # what they test is optimised, not they
  if(POULTICE_SANITIZE STREQUAL "address")
    # In tests themselves without the checks of every reference, which cost most of the time to compile and are
    # mostly seen to by the address sanitizer too.
    target_compile_options(${name} PRIVATE -fno-sanitize=null,alignment,object-size,pointer-overflow,vptr)
  endif()
  list(LENGTH sources n_sources)
  if(n_sources GREATER 4)
    poultice_precompile(${name} <gmock/gmock.h> <gtest/gtest.h>)
  endif()
  add_test(NAME ${name} COMMAND ${name})
endfunction()
