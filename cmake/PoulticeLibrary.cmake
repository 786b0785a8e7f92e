# libpoultice: the three layers in one shared library, and the package that others find it by.
# Program, Python module and the tests above the layers all use this one library.

include(CMakePackageConfigHelpers)

function(poultice_describe_library target)
  set_target_properties(${target} PROPERTIES
    # No VERSION beside it: a wheel holds no links, and would carry the library twice.
    SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
  target_link_options(${target} PRIVATE
    LINKER:--no-undefined
    # A program's copy of an inline function, compiled for another processor, does not take the place of ours.
    LINKER:-Bsymbolic-functions)
endfunction()

# Every object of the layers, needed here or not. Linking the layers too brings what they themselves link;
# nothing is taken from them twice, since the objects already define every symbol.
set(layers poultice_core poultice_solvers poultice_models)
list(TRANSFORM layers REPLACE "(.+)" "$<TARGET_OBJECTS:\\1>" OUTPUT_VARIABLE objects)
add_library(poultice SHARED ${objects})
add_library(poultice::poultice ALIAS poultice)
target_link_libraries(poultice PRIVATE ${layers})
target_link_libraries(poultice PUBLIC Eigen3::Eigen fmt::fmt)
target_include_directories(poultice INTERFACE
  $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>
  $<BUILD_INTERFACE:${PROJECT_BINARY_DIR}/generated>
  $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/poultice>)
target_compile_features(poultice INTERFACE cxx_std_20)
poultice_describe_library(poultice)
poultice_link_for_levels(${layers})

install(TARGETS poultice EXPORT poultice
  LIBRARY DESTINATION ${POULTICE_LIBDIR} COMPONENT runtime NAMELINK_COMPONENT development)

if(NOT SKBUILD)
  set(package_dir ${POULTICE_LIBDIR}/cmake/poultice)
  configure_package_config_file(
    ${PROJECT_SOURCE_DIR}/cmake/poultice-config.cmake.in ${PROJECT_BINARY_DIR}/poultice-config.cmake
    INSTALL_DESTINATION ${package_dir})
  write_basic_package_version_file(
    ${PROJECT_BINARY_DIR}/poultice-config-version.cmake COMPATIBILITY SameMinorVersion)
  install(FILES ${PROJECT_BINARY_DIR}/poultice-config.cmake
    ${PROJECT_BINARY_DIR}/poultice-config-version.cmake
    DESTINATION ${package_dir} COMPONENT development)
  install(EXPORT poultice NAMESPACE poultice:: FILE poultice-targets.cmake
    DESTINATION ${package_dir} COMPONENT development)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/core ${PROJECT_SOURCE_DIR}/solvers ${PROJECT_SOURCE_DIR}/models
    DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/poultice COMPONENT development
    FILES_MATCHING PATTERN "*.hpp")
endif()
