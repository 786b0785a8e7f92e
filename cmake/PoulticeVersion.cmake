# version.cpp says who we are. It is written anew only when the commit changes, and alone compiled again.

set(POULTICE_VERSION_SOURCE ${PROJECT_BINARY_DIR}/generated/core/base/version.cpp)

set(described "${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}" "${CMAKE_BUILD_TYPE}")
if(POULTICE_NATIVE)
  list(APPEND described "native")
endif()
if(POULTICE_SANITIZE)
  list(APPEND described "${POULTICE_SANITIZE} sanitizer")
endif()
list(APPEND described "SUNDIALS ${SUNDIALS_VERSION}" "HDF5 ${HDF5_VERSION}" "Eigen ${Eigen3_VERSION}")
list(JOIN described ", " described)

set(write_version ${CMAKE_COMMAND}
  -D SOURCE_DIR=${PROJECT_SOURCE_DIR}
  -D TEMPLATE=${PROJECT_SOURCE_DIR}/core/base/version.cpp.in
  -D OUTPUT=${POULTICE_VERSION_SOURCE}
  -D VERSION=${PROJECT_VERSION}
  -D "BUILD_DESCRIPTION=${described}"
  -P ${PROJECT_SOURCE_DIR}/cmake/write_version.cmake)
add_custom_target(poultice_version COMMAND ${write_version} BYPRODUCTS ${POULTICE_VERSION_SOURCE} VERBATIM
  COMMENT "")
