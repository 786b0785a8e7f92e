#pragma once

/// toml++, less the promises that its parser makes to itself and breaks on wrong input: of "[= x]" it
/// asserts, before it looks, that a key follows the bracket, which ends a debug build and is undefined
/// behaviour with Clang. Behind each such promise stands a proper error message, which is what users shall
/// see.

#define TOML_ASSERT(expression) static_assert(true)

#include <toml++/impl/preprocessor.h>

#undef TOML_ASSUME
#define TOML_ASSUME(expression) static_assert(true)

#include <toml++/toml.h>
