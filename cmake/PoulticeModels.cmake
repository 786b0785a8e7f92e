# poultice_add_model(name): compiles models/<name>/ and enters it in the catalogue.
# The folder defines `const core::ModelDescription& poultice::models::<name>::description()`
# and has a reference.toml, the case on which the conformance suite checks its laws.

function(poultice_add_model name)
  set(folder ${CMAKE_CURRENT_SOURCE_DIR}/${name})
  if(NOT name MATCHES "^[a-z][a-z0-9_]*$" OR NOT IS_DIRECTORY ${folder})
    message(FATAL_ERROR "poultice_add_model(${name}): there is no folder models/${name} in snake_case")
  endif()
  if(NOT EXISTS ${folder}/reference.toml)
    message(FATAL_ERROR "poultice_add_model(${name}): models/${name}/reference.toml is missing")
  endif()
  set_property(GLOBAL APPEND PROPERTY POULTICE_MODELS ${name})
endfunction()

# After the last model: the library of all models, their catalogue and the data sets.
function(poultice_finish_models)
  get_property(names GLOBAL PROPERTY POULTICE_MODELS)
  file(GLOB sources CONFIGURE_DEPENDS *.cpp)
  file(GLOB_RECURSE parts CONFIGURE_DEPENDS parts/*.cpp)
  list(APPEND sources ${parts})
  set(MODEL_DECLARATIONS "")
  set(MODEL_POINTERS "")
  foreach(name IN LISTS names)
    file(GLOB_RECURSE found CONFIGURE_DEPENDS ${name}/*.cpp)
    list(APPEND sources ${found})
    string(APPEND MODEL_DECLARATIONS
      "namespace poultice::models::${name} {\nconst core::ModelDescription& description();\n}\n")
    string(APPEND MODEL_POINTERS "      &${name}::description(),\n")
  endforeach()
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "/test_[^/]*\\.cpp$")
  list(FILTER tests INCLUDE REGEX "/test_[^/]*\\.cpp$")
  set_property(GLOBAL PROPERTY POULTICE_MODEL_TESTS ${tests})

  set(generated ${PROJECT_BINARY_DIR}/generated/models)
  if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/catalogue.hpp)
    configure_file(catalogue.cpp.in ${generated}/catalogue.cpp @ONLY)
    list(APPEND sources ${generated}/catalogue.cpp)
  endif()
  if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/embedded_data.hpp)
    poultice_embed_data(${PROJECT_SOURCE_DIR}/data ${generated}/embedded_data.cpp)
    list(APPEND sources ${generated}/embedded_data.cpp)
  endif()

  poultice_add_layer(poultice_models ${sources})
  target_link_libraries(poultice_models PUBLIC poultice_solvers)
endfunction()

# A source file with the text of every TOML file and help page under `folder`, written again when one changes.
function(poultice_embed_data folder output)
  file(GLOB_RECURSE files RELATIVE ${folder} CONFIGURE_DEPENDS ${folder}/*.toml ${folder}/help/*.md)
  list(TRANSFORM files PREPEND ${folder}/ OUTPUT_VARIABLE full_names)
  set(script ${PROJECT_SOURCE_DIR}/cmake/embed_data.cmake)
  # In a file of its own, so that removing a data set counts as a change too.
  list(JOIN files "\n" lines)
  file(CONFIGURE OUTPUT ${output}.list CONTENT "${lines}\n" @ONLY)
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -D FOLDER=${folder} -D LIST=${output}.list -D OUTPUT=${output} -P ${script}
    DEPENDS ${full_names} ${output}.list ${script}
    COMMENT "Embedding data" VERBATIM)
endfunction()
