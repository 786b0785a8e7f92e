# The libraries of others. Each is found where the system has it; none is downloaded.

find_package(Eigen3 REQUIRED NO_MODULE)
find_package(SUNDIALS REQUIRED CONFIG COMPONENTS cvode)
set(HDF5_PREFER_PARALLEL OFF)
find_package(HDF5 REQUIRED COMPONENTS C HL)
find_package(ZLIB REQUIRED)  # HDF5's own
find_package(tomlplusplus REQUIRED CONFIG)
find_package(fmt REQUIRED CONFIG)
find_package(UDUNITS2 REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(OpenMP REQUIRED COMPONENTS CXX)

if(POULTICE_BUILD_COMMAND)
  find_package(CLI11 REQUIRED CONFIG)
endif()

if(POULTICE_BUILD_TESTS)
  find_package(GTest REQUIRED CONFIG)
  find_package(rapidcheck QUIET CONFIG)
endif()

if(POULTICE_BUILD_BENCHMARKS)
  find_package(benchmark REQUIRED CONFIG)
  find_package(SUNDIALS REQUIRED CONFIG COMPONENTS nvecserial sunmatrixband sunlinsolband)
endif()

if(POULTICE_BUILD_PYTHON)
  if(SKBUILD)
    set(required REQUIRED)
  else()
    set(required "")
  endif()
  find_package(Python 3.10 ${required} COMPONENTS Interpreter Development.Module)
  # The chosen Python's own pybind11 goes before the system's, which may be too old for its NumPy.
  if(Python_FOUND AND NOT SKBUILD)
    execute_process(COMMAND ${Python_EXECUTABLE} -m pybind11 --cmakedir
      OUTPUT_VARIABLE its_pybind11 OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    if(its_pybind11)
      set(pybind11_DIR ${its_pybind11} CACHE PATH "where pybind11's CMake package is" FORCE)
    endif()
  endif()
  set(PYBIND11_FINDPYTHON ON)
  find_package(pybind11 ${required} CONFIG QUIET)
  if(NOT Python_FOUND OR NOT pybind11_FOUND)
    message(STATUS "Python with headers, or pybind11, is missing: the Python module is left out")
    set(POULTICE_BUILD_PYTHON OFF)
  endif()
endif()
