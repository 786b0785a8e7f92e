#include "solvers/record/hdf5_reader.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <numeric>
#include <utility>

#include <fmt/format.h>
#include <hdf5_hl.h>

#include "core/base/error.hpp"
#include "core/base/text.hpp"

namespace poultice::solvers {
namespace {

// Limits far above what Poultice writes; they stop a crafted file from taking all memory or time.
constexpr int max_depth = 32;
constexpr std::size_t max_objects = 1'000'000;
constexpr hssize_t max_elements = hssize_t{1} << 36;
constexpr std::size_t max_elements_at_once = std::size_t{1} << 30;
constexpr hssize_t max_attribute_elements = 1 << 20;

std::string rooted(std::string_view path) {
  return path.starts_with('/') ? std::string(path) : "/" + std::string(path);
}

/// Reads texts of fixed or variable length with `read(memory_type, buffer)`; "" entries where null.
template <class Read>
bool read_texts(hid_t file_type, hid_t space, std::size_t count, std::vector<std::string>& texts,
                const Read& read) {
  const Hdf5Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
  if (H5Tset_cset(type.id(), H5Tget_cset(file_type)) < 0) return false;
  if (H5Tis_variable_str(file_type) > 0) {
    if (H5Tset_size(type.id(), H5T_VARIABLE) < 0) return false;
    std::vector<char*> pointers(count, nullptr);
    if (read(type.id(), static_cast<void*>(pointers.data())) < 0) return false;
    for (const char* text : pointers) texts.emplace_back(text != nullptr ? text : "");
    return H5Dvlen_reclaim(type.id(), space, H5P_DEFAULT, pointers.data()) >= 0;
  }
  const auto width = H5Tget_size(file_type);
  if (width == 0 || H5Tset_size(type.id(), width) < 0 || H5Tset_strpad(type.id(), H5T_STR_NULLPAD) < 0)
    return false;
  std::string buffer(width * count, '\0');
  if (read(type.id(), static_cast<void*>(buffer.data())) < 0) return false;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string_view piece(buffer.data() + i * width, width);
    texts.emplace_back(piece.substr(0, std::min(piece.find('\0'), width)));
  }
  return true;
}

}  // namespace

void Hdf5Reader::fail(const std::string& why, const std::string& hint) const {
  throw core::FileError(path_, why, hint);
}

template <class Status>
Status Hdf5Reader::checked(Status status, std::string_view doing) const {
  if (status < 0)
    fail(fmt::format("{} failed: {}", doing, hdf5_error_text()), "the file may be incomplete or damaged");
  return status;
}

Hdf5Reader::Hdf5Reader(std::string path) : path_(std::move(path)) {
  std::error_code ignored;
  if (!std::filesystem::exists(path_, ignored))
    fail("there is no such file", "check the name and the directory");
  if (std::filesystem::is_directory(path_, ignored)) fail("this is a directory", "name a file in it");
  std::ifstream bytes(path_, std::ios::binary);
  if (!bytes)
    fail(fmt::format("the file cannot be opened: {}", std::strerror(errno)), "check its permissions");
  std::array<char, 8> start{};
  bytes.read(start.data(), start.size());
  if (std::string_view(start.data(), start.size()) != std::string_view("\x89HDF\r\n\x1a\n", 8))
    fail(bytes.gcount() == 0 ? "the file is empty" : "this is not an HDF5 file",
         "name a result file of Poultice");

  const Hdf5Lock lock;
  H5Eclear2(H5E_DEFAULT);
  file_ =
      Hdf5Handle(checked(H5Fopen(path_.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), "opening the file"), H5Fclose);
  try {
    walk("/", 0);
  } catch (...) {
    (void)file_.close();  // here, where the lock is held
    throw;
  }
  std::ranges::sort(datasets_, {}, &Hdf5Dataset::path);
  std::ranges::sort(groups_);
}

Hdf5Reader::~Hdf5Reader() {
  const Hdf5Lock lock;
  (void)file_.close();
}

void Hdf5Reader::walk(const std::string& group, int depth) {
  if (depth > max_depth) fail("its groups are nested too deeply or in a circle");
  const Hdf5Handle handle(checked(H5Gopen2(file_.id(), group.c_str(), H5P_DEFAULT), "opening a group"),
                          H5Gclose);
  H5G_info_t info;
  checked(H5Gget_info(handle.id(), &info), "listing a group");
  for (hsize_t i = 0; i < info.nlinks; ++i) {
    if (datasets_.size() + groups_.size() >= max_objects) fail("it holds too many objects");
    const auto name_at = [&](char* buffer, std::size_t size) {
      return checked(
          H5Lget_name_by_idx(handle.id(), ".", H5_INDEX_NAME, H5_ITER_INC, i, buffer, size, H5P_DEFAULT),
          "listing a group");
    };
    std::string name(static_cast<std::size_t>(name_at(nullptr, 0)), '\0');
    name_at(name.data(), name.size() + 1);
    const auto path = (group == "/" ? "" : group) + "/" + name;
    H5L_info_t link;
    checked(H5Lget_info(handle.id(), name.c_str(), &link, H5P_DEFAULT), "reading a link");
    if (link.type != H5L_TYPE_HARD)
      fail(fmt::format("\"{}\" is a link{}, which is not followed", path,
                       link.type == H5L_TYPE_EXTERNAL ? " to another file" : ""),
           "copy the data into the file itself");
    visit(path, depth);
  }
}

void Hdf5Reader::visit(const std::string& path, int depth) {
  Hdf5Handle object(checked(H5Oopen(file_.id(), path.c_str(), H5P_DEFAULT), "opening \"" + path + "\""),
                    H5Oclose);
  const auto type = H5Iget_type(object.id());
  if (type == H5I_GROUP) {
    groups_.push_back(path);
    walk(path, depth + 1);
  } else if (type == H5I_DATASET) {
    require_harmless(object.id(), path);
    datasets_.push_back(inspect(object.id(), path));
  }
}

void Hdf5Reader::require_harmless(hid_t dataset, const std::string& path) const {
  const Hdf5Handle creation(checked(H5Dget_create_plist(dataset), "reading how an array is stored"),
                            H5Pclose);
  const auto refuse = [&](std::string_view why) {
    fail(fmt::format("\"{}\" {}", path, why), "write the array again with plain or deflated storage");
  };
  if (checked(H5Pget_layout(creation.id()), "reading how an array is stored") == H5D_VIRTUAL)
    refuse("is a virtual array, whose data lie elsewhere");
  if (checked(H5Pget_external_count(creation.id()), "reading how an array is stored") > 0)
    refuse("has its data in another file");
  const int n_filters = checked(H5Pget_nfilters(creation.id()), "reading how an array is stored");
  for (int i = 0; i < n_filters; ++i) {
    unsigned flags = 0, config = 0;
    std::size_t n_values = 0;
    const auto filter = checked(H5Pget_filter2(creation.id(), static_cast<unsigned>(i), &flags, &n_values,
                                               nullptr, 0, nullptr, &config),
                                "reading how an array is stored");
    if (filter != H5Z_FILTER_DEFLATE && filter != H5Z_FILTER_SHUFFLE && filter != H5Z_FILTER_FLETCHER32)
      refuse(fmt::format("is stored through filter {}, which is not used here", static_cast<int>(filter)));
  }
}

Hdf5Dataset Hdf5Reader::inspect(hid_t dataset, const std::string& path) const {
  const Hdf5Handle space(checked(H5Dget_space(dataset), "reading a shape"), H5Sclose);
  const Hdf5Handle type(checked(H5Dget_type(dataset), "reading a type"), H5Tclose);
  const int rank = checked(H5Sget_simple_extent_ndims(space.id()), "reading a shape");
  std::vector<hsize_t> shape(static_cast<std::size_t>(rank));
  checked(H5Sget_simple_extent_dims(space.id(), shape.data(), nullptr), "reading a shape");
  if (H5Sget_simple_extent_npoints(space.id()) > max_elements)
    fail(fmt::format("\"{}\" claims to hold more values than can be read", path));
  using Kind = Hdf5Dataset::Kind;
  const auto kind_of = [](H5T_class_t type_class) {
    if (type_class == H5T_FLOAT) return Kind::real;
    if (type_class == H5T_INTEGER) return Kind::integer;
    return type_class == H5T_STRING ? Kind::text : Kind::other;
  };
  const bool is_null = H5Sget_simple_extent_type(space.id()) == H5S_NULL;
  return {path, {shape.begin(), shape.end()}, is_null ? Kind::other : kind_of(H5Tget_class(type.id()))};
}

bool Hdf5Reader::has(std::string_view dataset) const {
  return std::ranges::binary_search(datasets_, rooted(dataset), {}, &Hdf5Dataset::path);
}

const Hdf5Dataset& Hdf5Reader::at(std::string_view dataset) const {
  const auto path = rooted(dataset);
  const auto found = std::ranges::lower_bound(datasets_, path, {}, &Hdf5Dataset::path);
  if (found != datasets_.end() && found->path == path) return *found;
  std::vector<std::string> paths;
  for (const auto& known : datasets_) paths.push_back(known.path);
  const auto near = core::nearest(path, paths);
  fail(fmt::format("it holds no array \"{}\"", path),
       near.empty() ? "" : fmt::format("did you mean \"{}\"?", near));
}

/// An array, a group or the root, by a path that was seen, and found harmless, when the file was opened.
Hdf5Handle Hdf5Reader::open(std::string_view object) const {
  const auto path = rooted(object);
  if (path != "/" && !std::ranges::binary_search(groups_, path)) (void)at(path);
  return {checked(H5Oopen(file_.id(), path.c_str(), H5P_DEFAULT), "opening \"" + path + "\""), H5Oclose};
}

std::vector<std::string> Hdf5Reader::axes(std::string_view dataset) const {
  const Hdf5Lock lock;
  const auto rank = at(dataset).shape.size();
  const auto handle = open(dataset);
  std::vector<std::string> names(rank);
  const auto note_name = [](hid_t, unsigned, hid_t scale, void* name) -> herr_t {
    std::array<char, 1024> buffer{};
    if (H5Iget_name(scale, buffer.data(), buffer.size()) < 0) return -1;
    *static_cast<std::string*>(name) = buffer.data();
    return 1;  // the first scale is the axis
  };
  for (std::size_t axis = 0; axis < rank; ++axis) {
    const auto number = static_cast<unsigned>(axis);
    if (H5DSget_num_scales(handle.id(), number) < 1) continue;
    checked(H5DSiterate_scales(handle.id(), number, nullptr, note_name, &names[axis]), "reading the axes");
  }
  return names;
}

template <class Number>
std::vector<Number> Hdf5Reader::numbers(std::string_view dataset, hid_t type) const {
  const auto& found = at(dataset);
  const auto handle = open(dataset);
  std::size_t count = 1;
  for (const auto length : found.shape) count *= length;
  if (count > max_elements_at_once)
    fail(fmt::format("\"{}\" holds more values than are read at once", found.path));
  std::vector<Number> values(count);
  if (count > 0)
    checked(H5Dread(handle.id(), type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
            "reading \"" + found.path + "\"");
  return values;
}

void Hdf5Reader::require_numbers(std::string_view dataset) const {
  const auto kind = at(dataset).kind;
  if (kind != Hdf5Dataset::Kind::real && kind != Hdf5Dataset::Kind::integer)
    fail(fmt::format("\"{}\" does not hold numbers", dataset));
}

std::vector<double> Hdf5Reader::reals(std::string_view dataset) const {
  const Hdf5Lock lock;
  require_numbers(dataset);
  return numbers<double>(dataset, H5T_NATIVE_DOUBLE);
}

std::vector<double> Hdf5Reader::rows(std::string_view dataset, std::size_t first, std::size_t count) const {
  const Hdf5Lock lock;
  require_numbers(dataset);
  const auto& found = at(dataset);
  if (found.shape.empty() || first > found.shape.front() || count > found.shape.front() - first)
    fail(fmt::format("\"{}\" has no rows {} to {}", found.path, first, first + count));
  std::vector<hsize_t> start(found.shape.size(), 0), size(found.shape.begin(), found.shape.end());
  start.front() = first;
  size.front() = count;
  const auto n_values = std::accumulate(size.begin(), size.end(), hsize_t{1}, std::multiplies<>());
  if (n_values > max_elements_at_once)
    fail(fmt::format("\"{}\" holds more values than are read at once", found.path));
  std::vector<double> values(n_values);
  if (values.empty()) return values;
  const auto doing = "reading rows of \"" + found.path + "\"";
  const auto handle = open(dataset);
  const Hdf5Handle space(checked(H5Dget_space(handle.id()), doing), H5Sclose);
  checked(H5Sselect_hyperslab(space.id(), H5S_SELECT_SET, start.data(), nullptr, size.data(), nullptr),
          doing);
  const Hdf5Handle memory(checked(H5Screate_simple(1, &n_values, nullptr), doing), H5Sclose);
  checked(H5Dread(handle.id(), H5T_NATIVE_DOUBLE, memory.id(), space.id(), H5P_DEFAULT, values.data()),
          doing);
  return values;
}

std::vector<std::int64_t> Hdf5Reader::integers(std::string_view dataset) const {
  const Hdf5Lock lock;
  if (at(dataset).kind != Hdf5Dataset::Kind::integer)
    fail(fmt::format("\"{}\" does not hold integers", dataset));
  return numbers<std::int64_t>(dataset, H5T_NATIVE_INT64);
}

std::vector<std::string> Hdf5Reader::texts(std::string_view dataset) const {
  const Hdf5Lock lock;
  const auto& found = at(dataset);
  if (found.kind != Hdf5Dataset::Kind::text) fail(fmt::format("\"{}\" does not hold text", dataset));
  const auto handle = open(dataset);
  const Hdf5Handle type(checked(H5Dget_type(handle.id()), "reading a type"), H5Tclose);
  const Hdf5Handle space(checked(H5Dget_space(handle.id()), "reading a shape"), H5Sclose);
  const auto count = checked(H5Sget_simple_extent_npoints(space.id()), "reading a shape");
  std::vector<std::string> texts;
  const bool done = count == 0 || read_texts(type.id(), space.id(), static_cast<std::size_t>(count), texts,
                                             [&](hid_t memory_type, void* buffer) {
                                               return H5Dread(handle.id(), memory_type, H5S_ALL, H5S_ALL,
                                                              H5P_DEFAULT, buffer);
                                             });
  checked(done ? 0 : -1, "reading \"" + found.path + "\"");
  return texts;
}

double Hdf5Reader::real(std::string_view dataset) const {
  const auto values = reals(dataset);
  if (values.size() != 1) fail(fmt::format("\"{}\" holds {} values, not one", dataset, values.size()));
  return values.front();
}

std::string Hdf5Reader::text(std::string_view dataset) const {
  auto values = texts(dataset);
  if (values.size() != 1) fail(fmt::format("\"{}\" holds {} texts, not one", dataset, values.size()));
  return std::move(values.front());
}

std::vector<std::string> Hdf5Reader::attribute_names(std::string_view object) const {
  const Hdf5Lock lock;
  const auto handle = open(object);
  std::vector<std::string> names;
  const auto note_name = [](hid_t, const char* name, const H5A_info_t*, void* found) -> herr_t {
    for (const std::string_view own :
         {"CLASS", "NAME", "DIMENSION_LIST", "REFERENCE_LIST", "DIMENSION_LABELS"})
      if (name == own) return 0;
    static_cast<std::vector<std::string>*>(found)->emplace_back(name);
    return 0;
  };
  hsize_t at = 0;
  checked(H5Aiterate2(handle.id(), H5_INDEX_NAME, H5_ITER_INC, &at, note_name, &names), "listing attributes");
  std::ranges::sort(names);
  return names;
}

bool Hdf5Reader::has_attribute(std::string_view object, std::string_view name) const {
  return std::ranges::binary_search(attribute_names(object), name);
}

Hdf5Value Hdf5Reader::attribute(std::string_view object, std::string_view name) const {
  const Hdf5Lock lock;
  const auto handle = open(object);
  const std::string key(name), doing = fmt::format("reading the attribute \"{}\" of \"{}\"", name, object);
  if (checked(H5Aexists(handle.id(), key.c_str()), doing) == 0)
    fail(fmt::format("\"{}\" has no attribute \"{}\"", object, name));
  const Hdf5Handle attribute(checked(H5Aopen(handle.id(), key.c_str(), H5P_DEFAULT), doing), H5Aclose);
  const Hdf5Handle type(checked(H5Aget_type(attribute.id()), doing), H5Tclose);
  const Hdf5Handle space(checked(H5Aget_space(attribute.id()), doing), H5Sclose);
  const auto count = checked(H5Sget_simple_extent_npoints(space.id()), doing);
  if (count > max_attribute_elements) fail(fmt::format("the attribute \"{}\" is too long", name));
  const auto type_class = H5Tget_class(type.id());
  const bool array = H5Sget_simple_extent_ndims(space.id()) > 0;
  if (type_class == H5T_STRING && count == 1) {
    std::vector<std::string> texts;
    const bool done = read_texts(type.id(), space.id(), 1, texts, [&](hid_t memory_type, void* buffer) {
      return H5Aread(attribute.id(), memory_type, buffer);
    });
    checked(done ? 0 : -1, doing);
    return std::move(texts.front());
  }
  if (type_class == H5T_FLOAT && count == 1) {
    double value = 0.0;
    checked(H5Aread(attribute.id(), H5T_NATIVE_DOUBLE, &value), doing);
    return value;
  }
  if (type_class == H5T_INTEGER && !array && count == 1) {
    std::int64_t value = 0;
    checked(H5Aread(attribute.id(), H5T_NATIVE_INT64, &value), doing);
    return value;
  }
  if (type_class == H5T_INTEGER && array) {
    std::vector<int> values(static_cast<std::size_t>(count));
    if (count > 0) checked(H5Aread(attribute.id(), H5T_NATIVE_INT, values.data()), doing);
    return values;
  }
  fail(fmt::format("the attribute \"{}\" of \"{}\" is of a kind that is not read", name, object));
}

}  // namespace poultice::solvers
