#include <exception>

#include "bindings/module/module.hpp"
#include "core/base/error.hpp"

namespace py = pybind11;

namespace poultice::bindings {
namespace {

py::object python_class(const char* name) { return py::module_::import("poultice.errors").attr(name); }

/// Sets the Python error of this class, made from the message and the fields of the C++ one.
template <class... Fields>
void raise(const char* name, const core::Error& error, const Fields&... fields) {
  const auto type = python_class(name);
  PyErr_SetObject(type.ptr(), type(error.what(), fields...).ptr());
}

py::tuple problems_of(const core::ScenarioError& error) {
  const auto type = python_class("Problem");
  py::tuple problems(error.problems().size());
  for (std::size_t i = 0; i < error.problems().size(); ++i) {
    const auto& it = error.problems()[i];
    problems[i] = type(it.what, it.file, it.line, it.column, it.key, it.given, it.expected, it.hint);
  }
  return problems;
}

void translate(std::exception_ptr caught) {
  try {
    std::rethrow_exception(std::move(caught));
  } catch (const core::ScenarioError& error) {
    raise("ScenarioError", error, problems_of(error));
  } catch (const core::UnitError& error) {
    raise("UnitError", error, error.given(), error.expected(), error.hint());
  } catch (const core::ParameterError& error) {
    raise("ParameterError", error, error.key(), error.hint());
  } catch (const core::ModelError& error) {
    raise("ModelError", error, error.instance(), error.hint());
  } catch (const core::IntegrationError& error) {
    raise("IntegrationError", error, error.time(), error.hint());
  } catch (const core::FileError& error) {
    raise("FileError", error, error.path(), error.hint());
  } catch (const core::Interrupted& error) {
    PyErr_SetString(PyExc_KeyboardInterrupt, error.what());
  }
}

}  // namespace

void add_errors() { py::register_local_exception_translator(translate); }

}  // namespace poultice::bindings
