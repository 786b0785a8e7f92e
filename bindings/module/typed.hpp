#pragma once

#include <pybind11/pybind11.h>

// What a dictionary holds and a function takes, for the stub that is generated from the module. pybind11 says
// so from 2.12 on; an older one compiles the same module and tells Python less.
#if __has_include(<pybind11/typing.h>)
#include <pybind11/typing.h>
#endif

namespace poultice::bindings {

#if __has_include(<pybind11/typing.h>)
template <class Key, class Value>
using Dict = pybind11::typing::Dict<Key, Value>;
template <class Signature>
using Callable = pybind11::typing::Callable<Signature>;
#else
template <class Key, class Value>
using Dict = pybind11::dict;
template <class Signature>
using Callable = pybind11::function;
#endif

}  // namespace poultice::bindings
