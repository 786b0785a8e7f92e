# Where things go when installed: one prefix for plain CMake, the schemes of a wheel for pip.

if(SKBUILD)
  set(POULTICE_BINDIR ${SKBUILD_SCRIPTS_DIR})
  set(POULTICE_LIBDIR ${SKBUILD_DATA_DIR}/lib)
  set(POULTICE_PYTHONDIR ${SKBUILD_PLATLIB_DIR})
else()
  set(POULTICE_BINDIR ${CMAKE_INSTALL_BINDIR})
  # Not lib/<architecture>, which GNUInstallDirs takes for the prefix /usr: see the run paths below.
  set(POULTICE_LIBDIR lib)
  if(POULTICE_BUILD_PYTHON)
    set(POULTICE_PYTHONDIR lib/python${Python_VERSION_MAJOR}.${Python_VERSION_MINOR}/site-packages)
  endif()
endif()

# Program and module find libpoultice from where they lie themselves, so that a prefix may be moved.
set(POULTICE_BIN_RPATH "$ORIGIN/../lib")
set(POULTICE_MODULE_RPATH "$ORIGIN/../../..;$ORIGIN/../../../../lib;$ORIGIN/../lib")
set(CMAKE_INSTALL_RPATH_USE_LINK_PATH ON)
