# Run at build time by poultice_embed_data: writes OUTPUT with the text of the files in LIST under FOLDER.

file(STRINGS ${LIST} files)
set(entries "")
foreach(path IN LISTS files)
  file(READ ${FOLDER}/${path} text)
  string(FIND "${text}" ")toml\"" clash)
  if(NOT clash EQUAL -1)
    message(FATAL_ERROR "${path}: contains )toml\", which would end the literal that it is embedded in")
  endif()
  string(APPEND entries "    {\"${path}\", R\"toml(${text})toml\"},\n")
endforeach()
file(WRITE ${OUTPUT} "// Written by CMake from the files in data/.
#include \"models/embedded_data.hpp\"

#include <vector>

namespace poultice::models {

std::span<const core::EmbeddedFile> embedded_data() {
  static const std::vector<core::EmbeddedFile> files{
${entries}  };
  return files;
}

}  // namespace poultice::models
")
