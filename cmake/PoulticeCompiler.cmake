# poultice_compiler: the flags that every target of ours is compiled with, and nobody else's.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

add_library(poultice_compiler INTERFACE)

target_compile_options(poultice_compiler INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Woverloaded-virtual
  $<$<BOOL:${POULTICE_WARNINGS_AS_ERRORS}>:-Werror>
  # The compiler must not fuse a*b+c where it likes: one plan gives the same numbers on every processor.
  -ffp-contract=off)

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # GCC 12 finds fault with its own std::string and std::unique_ptr once inlined (GCC bugs 105329, 105651,
  # 105562); the sanitizers of the dev preset look for the same faults and find the real ones.
  target_compile_options(poultice_compiler INTERFACE
    -Wno-stringop-overflow -Wno-restrict -Wno-array-bounds -Wno-maybe-uninitialized)
endif()

if(POULTICE_NATIVE)
  target_compile_options(poultice_compiler INTERFACE -march=native)
endif()

if(POULTICE_ASSERTIONS)
  target_compile_definitions(poultice_compiler INTERFACE POULTICE_ASSERTIONS _GLIBCXX_ASSERTIONS)
endif()

if(POULTICE_SANITIZE STREQUAL "address")
  set(sanitizers -fsanitize=address,undefined -fno-sanitize-recover=undefined)
elseif(POULTICE_SANITIZE STREQUAL "thread")
  set(sanitizers -fsanitize=thread)
elseif(POULTICE_SANITIZE)
  message(FATAL_ERROR "POULTICE_SANITIZE is '${POULTICE_SANITIZE}'; it may be empty, address or thread")
endif()
if(POULTICE_SANITIZE)
  target_compile_options(poultice_compiler INTERFACE ${sanitizers} -fno-omit-frame-pointer)
  target_link_options(poultice_compiler INTERFACE ${sanitizers})
endif()
