# The numerics once more for each newer level of x86-64 processors. Each level gets a libpoultice of its own, in
# glibc-hwcaps/ beside the one for every processor; glibc's loader takes the best that the machine can run.
# Only what loops over lanes is compiled again; the other objects are those of the baseline library. A header
# that means something else on another level (Eigen's, lane_pack.hpp) must be included by recompiled files alone:
# scripts/check_includes looks.

include(CheckCXXCompilerFlag)

set(default_levels "")
if(CMAKE_SYSTEM_NAME STREQUAL "Linux" AND CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|amd64)$"
    AND CMAKE_BUILD_TYPE STREQUAL "Release" AND NOT POULTICE_NATIVE AND NOT POULTICE_SANITIZE)
  check_cxx_compiler_flag(-march=x86-64-v4 POULTICE_COMPILER_KNOWS_LEVELS)
  if(POULTICE_COMPILER_KNOWS_LEVELS)
    set(default_levels v3 v4)
  endif()
endif()
set(POULTICE_CPU_LEVELS "${default_levels}" CACHE STRING
  "Levels of x86-64 beyond the baseline that get a library of their own, of v2;v3;v4")

foreach(level IN LISTS POULTICE_CPU_LEVELS)
  if(NOT level MATCHES "^v[234]$")
    message(FATAL_ERROR "POULTICE_CPU_LEVELS is '${POULTICE_CPU_LEVELS}'; it may list v2, v3 and v4")
  endif()
endforeach()
if(POULTICE_CPU_LEVELS AND POULTICE_NATIVE)
  message(FATAL_ERROR "POULTICE_NATIVE compiles for one processor only, POULTICE_CPU_LEVELS for several")
endif()

# poultice_compile_for_levels(layer PLACE...): compiles again the layer's sources in these folders (or these
# files), relative to the folder of the layer. To be called there, since source properties hold there only.
function(poultice_compile_for_levels layer)
  list(TRANSFORM ARGN PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/ OUTPUT_VARIABLE places)
  list(JOIN places "|" places)
  get_target_property(sources ${layer} SOURCES)
  list(FILTER sources INCLUDE REGEX "^(${places})")
  list(JOIN ARGN "|" objects)
  set_property(GLOBAL PROPERTY POULTICE_RECOMPILED_${layer} "/${layer}.dir/(./)?(${objects})")
  foreach(level IN LISTS POULTICE_CPU_LEVELS)
    add_library(${layer}_${level} OBJECT ${sources})
    # Tools that read sources have the baseline's entry of each.
    set_target_properties(${layer}_${level} PROPERTIES EXPORT_COMPILE_COMMANDS OFF)
    target_compile_options(${layer}_${level} PRIVATE -march=x86-64-${level})
    # What the layer itself is compiled with.
    target_include_directories(${layer}_${level} PRIVATE $<TARGET_PROPERTY:${layer},INCLUDE_DIRECTORIES>)
    target_link_libraries(${layer}_${level} PRIVATE poultice_compiler
      $<TARGET_PROPERTY:${layer},LINK_LIBRARIES>)
    list(LENGTH sources n_sources)
    if(n_sources GREATER 15)
      poultice_precompile(${layer}_${level})
    endif()
  endforeach()
endfunction()

# poultice_link_for_levels(LAYER...): a libpoultice for each level, built whenever the baseline library is.
function(poultice_link_for_levels)
  foreach(level IN LISTS POULTICE_CPU_LEVELS)
    set(objects "")
    foreach(layer IN LISTS ARGN)
      get_property(recompiled GLOBAL PROPERTY POULTICE_RECOMPILED_${layer})
      if(recompiled)
        list(APPEND objects $<TARGET_OBJECTS:${layer}_${level}>
          $<FILTER:$<TARGET_OBJECTS:${layer}>,EXCLUDE,${recompiled}>)
      else()
        list(APPEND objects $<TARGET_OBJECTS:${layer}>)
      endif()
    endforeach()
    set(folder glibc-hwcaps/x86-64-${level})
    add_library(poultice_${level} SHARED ${objects})
    poultice_describe_library(poultice_${level})
    target_link_libraries(poultice_${level} PRIVATE $<TARGET_PROPERTY:poultice,LINK_LIBRARIES>)
    set_target_properties(poultice_${level} PROPERTIES OUTPUT_NAME poultice LIBRARY_OUTPUT_DIRECTORY
      $<TARGET_PROPERTY:poultice,BINARY_DIR>/${folder})
    add_dependencies(poultice poultice_${level})
    install(TARGETS poultice_${level}
      LIBRARY DESTINATION ${POULTICE_LIBDIR}/${folder} COMPONENT runtime NAMELINK_SKIP)
  endforeach()
endfunction()
