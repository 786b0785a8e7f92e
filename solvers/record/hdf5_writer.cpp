#include "solvers/record/hdf5_writer.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <functional>
#include <numeric>
#include <utility>

#include <fmt/format.h>
#include <hdf5_hl.h>

#include "core/base/check.hpp"
#include "core/base/error.hpp"
#include "core/base/text.hpp"

namespace poultice::solvers {
namespace {

constexpr int usual_deflate = 4;

/// "a/b" and "/a/b" give {"a", "b"}; "/" gives {}.
std::vector<std::string> parts_of(std::string_view path) {
  if (path.starts_with('/')) path.remove_prefix(1);
  return path.empty() ? std::vector<std::string>{} : core::split(path, '/');
}

/// The path of the first `count` parts, from the root.
std::string path_of(const std::vector<std::string>& parts, std::size_t count) {
  return "/" + core::joined(std::span(parts).first(count), "/");
}

bool has_zero_byte(std::string_view text) { return text.find('\0') != std::string_view::npos; }

std::vector<const char*> pointers(std::span<const std::string> texts) {
  std::vector<const char*> result;
  for (const auto& text : texts) result.push_back(text.c_str());
  return result;
}

}  // namespace

/// What is to be stored: `type` in memory, `stored` in the file; texts are held as pointers.
struct Hdf5Writer::Array {
  enum class Kind { real, int8, int64, text };
  Kind kind;
  const void* values;
  std::size_t size;
  const std::vector<std::string>* scales = nullptr;  ///< none: a scalar, or a scale itself
  const std::vector<std::size_t>* chunk = nullptr;

  [[nodiscard]] hid_t in_memory() const {
    return kind == Kind::real ? H5T_NATIVE_DOUBLE : kind == Kind::int8 ? H5T_NATIVE_INT8 : H5T_NATIVE_INT64;
  }
  [[nodiscard]] hid_t in_file() const {
    return kind == Kind::real ? H5T_IEEE_F64LE : kind == Kind::int8 ? H5T_STD_I8LE : H5T_STD_I64LE;
  }
};

/// Runs one public call: under the lock, refused after a failure, and marked as failed unless `body` ends.
template <class Body>
void Hdf5Writer::step(std::string what, const Body& body) {
  const Hdf5Lock lock;
  if (!failure_.empty())
    throw core::FileError(target_.path(), failure_, "the file was given up after this failure");
  POULTICE_ASSERT(file_);  // not after commit()
  doing_ = std::move(what);
  failure_ = doing_ + " was broken off";
  H5Eclear2(H5E_DEFAULT);
  body();
  require_disk();
  failure_.clear();
}

void Hdf5Writer::fail(const std::string& why) {
  const std::string reason = disk_errors_->first != 0 ? std::strerror(disk_errors_->first) : why;
  failure_ = fmt::format("{} failed{}{}", doing_, reason.empty() ? "" : ": ", reason);
  throw core::FileError(target_.path(), failure_,
                        "check permissions, free space and quota where the file is written");
}

void Hdf5Writer::require_disk() {
  if (disk_errors_->first != 0) fail("");
}

template <class Status>
Status Hdf5Writer::checked(Status status) {
  if (status < 0) fail(hdf5_error_text());
  return status;
}

void Hdf5Writer::finish(Hdf5Handle& handle) { checked(handle.close()); }

Hdf5Writer::Hdf5Writer(std::string path, bool overwrite) : target_(std::move(path), overwrite) {
  const Hdf5Lock lock;
  doing_ = "creating the file";
  H5Eclear2(H5E_DEFAULT);
  Hdf5Handle access(checked(H5Pcreate(H5P_FILE_ACCESS)), H5Pclose);
  // Fixed, so that Debian 12's tools read what any later HDF5 writes.
#if H5_VERSION_GE(1, 10, 2)
  checked(H5Pset_libver_bounds(access.id(), H5F_LIBVER_V18, H5F_LIBVER_V110));
#else
  checked(H5Pset_libver_bounds(access.id(), H5F_LIBVER_18, H5F_LIBVER_LATEST));
#endif
  checked(H5Pset_fclose_degree(access.id(), H5F_CLOSE_STRONG));
  checked(use_noting_disk(access.id(), *disk_errors_));
  Hdf5Handle creation(checked(H5Pcreate(H5P_FILE_CREATE)), H5Pclose);
  checked(H5Pset_link_creation_order(creation.id(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED));
  checked(H5Pset_attr_creation_order(creation.id(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED));
  file_ = Hdf5Handle(
      checked(H5Fcreate(target_.temporary().c_str(), H5F_ACC_EXCL, creation.id(), access.id())), H5Fclose);
}

Hdf5Writer::~Hdf5Writer() {
  const Hdf5Lock lock;
  stacks_.clear();
  (void)file_.close();
}

void Hdf5Writer::group(std::string_view path, const Hdf5Attributes& attributes) {
  step(fmt::format("writing the group \"{}\"", path), [&] {
    const auto parts = parts_of(path);
    make_groups(parts, parts.size());
    Hdf5Handle group(checked(H5Gopen2(file_.id(), path_of(parts, parts.size()).c_str(), H5P_DEFAULT)),
                     H5Gclose);
    write_attributes(group.id(), attributes);
    finish(group);
  });
}

void Hdf5Writer::attribute(std::string_view object, const Hdf5Attribute& attribute) {
  step(fmt::format("writing the attribute \"{}\" of \"{}\"", attribute.name, object), [&] {
    const auto parts = parts_of(object);
    Hdf5Handle handle(checked(H5Oopen(file_.id(), path_of(parts, parts.size()).c_str(), H5P_DEFAULT)),
                      H5Oclose);
    write_attribute(handle.id(), attribute);
    finish(handle);
  });
}

/// Makes the groups named by the first `count` parts where they are missing, one by one: groups that HDF5
/// makes by itself on the way would not track their creation order.
void Hdf5Writer::make_groups(const std::vector<std::string>& parts, std::size_t count) {
  for (std::size_t n = 1; n <= count; ++n) {
    const auto path = path_of(parts, n);
    if (checked(H5Lexists(file_.id(), path.c_str(), H5P_DEFAULT)) > 0) continue;
    Hdf5Handle creation(checked(H5Pcreate(H5P_GROUP_CREATE)), H5Pclose);
    checked(H5Pset_link_creation_order(creation.id(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED));
    checked(H5Pset_attr_creation_order(creation.id(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED));
    checked(H5Pset_obj_track_times(creation.id(), false));
    Hdf5Handle group(checked(H5Gcreate2(file_.id(), path.c_str(), H5P_DEFAULT, creation.id(), H5P_DEFAULT)),
                     H5Gclose);
    finish(group);
  }
}

void Hdf5Writer::scale(std::string_view name, std::span<const double> values,
                       const Hdf5Attributes& attributes) {
  write(name, {Array::Kind::real, values.data(), values.size()}, attributes, true);
}

void Hdf5Writer::scale(std::string_view name, std::span<const std::int64_t> numbers,
                       const Hdf5Attributes& attributes) {
  write(name, {Array::Kind::int64, numbers.data(), numbers.size()}, attributes, true);
}

void Hdf5Writer::scale(std::string_view name, std::span<const std::string> labels,
                       const Hdf5Attributes& attributes) {
  write(name, {Array::Kind::text, labels.data(), labels.size()}, attributes, true);
}

void Hdf5Writer::dataset(std::string_view name, std::span<const double> values,
                         const std::vector<std::string>& scales, const Hdf5Attributes& attributes,
                         const std::vector<std::size_t>& chunk) {
  write(name, {Array::Kind::real, values.data(), values.size(), &scales, &chunk}, attributes, false);
}

void Hdf5Writer::dataset(std::string_view name, std::span<const std::int8_t> values,
                         const std::vector<std::string>& scales, const Hdf5Attributes& attributes,
                         const std::vector<std::size_t>& chunk) {
  write(name, {Array::Kind::int8, values.data(), values.size(), &scales, &chunk}, attributes, false);
}

void Hdf5Writer::dataset(std::string_view name, std::span<const std::int64_t> values,
                         const std::vector<std::string>& scales, const Hdf5Attributes& attributes,
                         const std::vector<std::size_t>& chunk) {
  write(name, {Array::Kind::int64, values.data(), values.size(), &scales, &chunk}, attributes, false);
}

void Hdf5Writer::dataset(std::string_view name, std::span<const std::string> texts,
                         const std::vector<std::string>& scales, const Hdf5Attributes& attributes) {
  write(name, {Array::Kind::text, texts.data(), texts.size(), &scales}, attributes, false);
}

void Hdf5Writer::scalar(std::string_view name, double value, const Hdf5Attributes& attributes) {
  write(name, {Array::Kind::real, &value, 1}, attributes, false);
}

void Hdf5Writer::scalar(std::string_view name, std::int64_t value, const Hdf5Attributes& attributes) {
  write(name, {Array::Kind::int64, &value, 1}, attributes, false);
}

void Hdf5Writer::scalar(std::string_view name, const std::string& text, const Hdf5Attributes& attributes) {
  write(name, {Array::Kind::text, &text, 1}, attributes, false);
}

void Hdf5Writer::write(std::string_view name, const Array& array, const Hdf5Attributes& attributes,
                       bool is_scale) {
  step(fmt::format("writing \"{}\"", name), [&] {
    const auto parts = parts_of(name);
    if (parts.empty()) fail("it has no name");
    make_groups(parts, parts.size() - 1);
    std::vector<hsize_t> shape;
    if (is_scale) shape.push_back(array.size);
    if (array.scales != nullptr) shape = shape_of(parts, *array.scales);
    const auto expected = std::accumulate(shape.begin(), shape.end(), hsize_t{1}, std::multiplies<>());
    if (expected != array.size)
      fail(fmt::format("{} values do not fill its axes, which take {}", array.size, expected));

    const bool text = array.kind == Array::Kind::text;
    Hdf5Handle text_type = text ? make_text_type() : Hdf5Handle();
    Hdf5Handle space(
        checked(shape.empty() ? H5Screate(H5S_SCALAR)
                              : H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr)),
        H5Sclose);
    const bool is_chunked = array.chunk != nullptr && array.size > 0;
    Hdf5Handle creation =
        storage(is_chunked ? *array.chunk : std::vector<std::size_t>{}, shape, usual_deflate);
    Hdf5Handle dataset(checked(H5Dcreate2(file_.id(), path_of(parts, parts.size()).c_str(),
                                          text ? text_type.id() : array.in_file(), space.id(), H5P_DEFAULT,
                                          creation.id(), H5P_DEFAULT)),
                       H5Dclose);
    if (text) {
      const std::span texts(static_cast<const std::string*>(array.values), array.size);
      if (std::ranges::any_of(texts, has_zero_byte)) fail("a text holds a zero byte");
      const auto addresses = pointers(texts);
      checked(H5Dwrite(dataset.id(), text_type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, addresses.data()));
    } else {
      checked(H5Dwrite(dataset.id(), array.in_memory(), H5S_ALL, H5S_ALL, H5P_DEFAULT, array.values));
    }
    if (is_scale) checked(H5DSset_scale(dataset.id(), parts.back().c_str()));
    if (array.scales != nullptr) attach(dataset.id(), parts, *array.scales);
    write_attributes(dataset.id(), attributes);
    finish(dataset);
    finish(space);
    finish(creation);
    finish(text_type);
  });
}

Hdf5Handle Hdf5Writer::make_text_type() {
  Hdf5Handle type(checked(H5Tcopy(H5T_C_S1)), H5Tclose);
  checked(H5Tset_size(type.id(), H5T_VARIABLE));
  checked(H5Tset_cset(type.id(), H5T_CSET_UTF8));
  return type;
}

void Hdf5Writer::stack(std::string_view name, const std::vector<std::string>& scales,
                       const Hdf5Attributes& attributes, const std::vector<std::size_t>& chunk, int deflate) {
  step(fmt::format("making \"{}\"", name), [&] {
    const auto parts = parts_of(name);
    if (parts.empty() || scales.empty()) fail("it has no name or no axis");
    make_groups(parts, parts.size() - 1);
    const auto shape = shape_of(parts, scales);
    Hdf5Handle space(checked(H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr)),
                     H5Sclose);
    const bool is_empty = std::ranges::find(shape, hsize_t{0}) != shape.end();
    Hdf5Handle creation = storage(is_empty ? std::vector<std::size_t>{} : chunk, shape, deflate);
    checked(H5Pset_fill_time(creation.id(), H5D_FILL_TIME_NEVER));
    Hdf5Handle dataset(checked(H5Dcreate2(file_.id(), path_of(parts, parts.size()).c_str(), H5T_IEEE_F64LE,
                                          space.id(), H5P_DEFAULT, creation.id(), H5P_DEFAULT)),
                       H5Dclose);
    attach(dataset.id(), parts, scales);
    write_attributes(dataset.id(), attributes);
    finish(space);
    finish(creation);
    Stack stack{std::move(dataset)};
    bool is_whole_rows =
        std::endian::native == std::endian::little && deflate > 0 && !is_empty && !chunk.empty();
    for (std::size_t axis = 1; is_whole_rows && axis < shape.size(); ++axis)
      is_whole_rows = chunk[axis] >= shape[axis];
    if (is_whole_rows) {
      stack.chunk_rows = std::clamp<std::size_t>(chunk.front(), 1, shape.front());
      stack.deflater = &deflaters_.try_emplace(deflate, deflate).first->second;
    }
    stacks_.insert_or_assign(std::string(name), std::move(stack));
  });
}

void Hdf5Writer::rows(std::string_view name, std::size_t first, std::span<const double> values) {
  step(fmt::format("writing rows of \"{}\"", name), [&] {
    const auto found = stacks_.find(name);
    if (found == stacks_.end()) fail("there is no such stack");
    const auto& stack = found->second;
    const hid_t dataset = stack.dataset.id();
    Hdf5Handle space(checked(H5Dget_space(dataset)), H5Sclose);
    std::vector<hsize_t> shape(static_cast<std::size_t>(checked(H5Sget_simple_extent_ndims(space.id()))));
    checked(H5Sget_simple_extent_dims(space.id(), shape.data(), nullptr));
    const auto per_row = std::accumulate(shape.begin() + 1, shape.end(), hsize_t{1}, std::multiplies<>());
    const hsize_t n_rows = per_row > 0 ? values.size() / per_row : 0;
    if (n_rows * per_row != values.size() || first + n_rows > shape.front())
      fail(fmt::format("{} values are no rows of it from {} on", values.size(), first));
    finish(space);
    if (values.empty()) return;
    if (stack.chunk_rows == 0) return write_rows(dataset, shape, first, values);
    for (std::size_t row = first, end = first + n_rows; row < end;) {
      const auto chunk = row / stack.chunk_rows * stack.chunk_rows;
      const auto chunk_end = std::min<std::size_t>(chunk + stack.chunk_rows, shape.front());
      const auto until = std::min(chunk_end, end);
      const auto part = values.subspan((row - first) * per_row, (until - row) * per_row);
      if (row == chunk && until == chunk_end)
        write_chunk(stack, shape, row, part);
      else
        write_rows(dataset, shape, row, part);
      row = until;
    }
  });
}

void Hdf5Writer::write_rows(hid_t dataset, const std::vector<hsize_t>& shape, std::size_t first,
                            std::span<const double> values) {
  std::vector<hsize_t> start(shape.size(), 0), count = shape;
  start.front() = first;
  count.front() =
      values.size() / std::accumulate(shape.begin() + 1, shape.end(), hsize_t{1}, std::multiplies<>());
  Hdf5Handle space(checked(H5Dget_space(dataset)), H5Sclose);
  checked(H5Sselect_hyperslab(space.id(), H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr));
  const hsize_t size = values.size();
  Hdf5Handle memory(checked(H5Screate_simple(1, &size, nullptr)), H5Sclose);
  checked(H5Dwrite(dataset, H5T_NATIVE_DOUBLE, memory.id(), space.id(), H5P_DEFAULT, values.data()));
  finish(memory);
  finish(space);
}

void Hdf5Writer::write_chunk(const Stack& stack, const std::vector<hsize_t>& shape, std::size_t first,
                             std::span<const double> values) {
  const auto per_row = std::accumulate(shape.begin() + 1, shape.end(), hsize_t{1}, std::multiplies<>());
  std::vector<double> padded;
  if (values.size() < stack.chunk_rows * per_row) {  // the last chunk reaches beyond the last row
    padded.assign(values.begin(), values.end());
    padded.resize(stack.chunk_rows * per_row, 0.0);
    values = padded;
  }
  const auto packed = stack.deflater->pack(values);
  if (packed.empty()) fail("its numbers cannot be deflated");
  std::vector<hsize_t> start(shape.size(), 0);
  start.front() = first;
  checked(H5Dwrite_chunk(stack.dataset.id(), H5P_DEFAULT, 0, start.data(), packed.size(), packed.data()));
}

Hdf5Handle Hdf5Writer::storage(const std::vector<std::size_t>& chunk, const std::vector<hsize_t>& shape,
                               int deflate) {
  Hdf5Handle creation(checked(H5Pcreate(H5P_DATASET_CREATE)), H5Pclose);
  checked(H5Pset_obj_track_times(creation.id(), false));  // equal runs give equal bytes
  if (chunk.empty()) return creation;
  if (chunk.size() != shape.size()) fail("its chunk has another number of axes");
  std::vector<hsize_t> lengths;
  for (std::size_t i = 0; i < shape.size(); ++i)
    lengths.push_back(std::clamp<hsize_t>(chunk[i], 1, shape[i]));
  checked(H5Pset_chunk(creation.id(), static_cast<int>(lengths.size()), lengths.data()));
  checked(H5Pset_shuffle(creation.id()));
  checked(H5Pset_deflate(creation.id(), static_cast<unsigned>(deflate)));
  return creation;
}

std::vector<hsize_t> Hdf5Writer::shape_of(const std::vector<std::string>& parts,
                                          const std::vector<std::string>& scales) {
  std::vector<hsize_t> shape;
  for (const auto& scale : scales) {
    Hdf5Handle handle = find_scale(parts, scale);
    shape.push_back(length_of(handle.id()));
    finish(handle);
  }
  return shape;
}

void Hdf5Writer::attach(hid_t dataset, const std::vector<std::string>& parts,
                        const std::vector<std::string>& scales) {
  for (std::size_t axis = 0; axis < scales.size(); ++axis) {
    Hdf5Handle handle = find_scale(parts, scales[axis]);
    checked(H5DSattach_scale(dataset, handle.id(), static_cast<unsigned>(axis)));
    finish(handle);
  }
}

Hdf5Handle Hdf5Writer::find_scale(const std::vector<std::string>& parts, const std::string& name) {
  const auto open_if_there = [&](const std::string& path) -> Hdf5Handle {
    if (checked(H5Lexists(file_.id(), path.c_str(), H5P_DEFAULT)) == 0) return {};
    Hdf5Handle handle(checked(H5Dopen2(file_.id(), path.c_str(), H5P_DEFAULT)), H5Dclose);
    if (checked(H5DSis_scale(handle.id())) == 0) fail(fmt::format("\"{}\" is not a scale", name));
    return handle;
  };
  const auto scale_parts = parts_of(name);
  const bool in_place = name.find('/') != std::string::npos;
  for (std::size_t level = in_place ? 1 : parts.size(); level-- > 0;) {
    auto path = path_of(parts, level);
    path += (path.ends_with('/') ? "" : "/") + core::joined(scale_parts, "/");
    if (auto handle = open_if_there(path)) return handle;
  }
  fail(fmt::format("there is no scale \"{}\"", name));
}

hsize_t Hdf5Writer::length_of(hid_t scale) {
  Hdf5Handle space(checked(H5Dget_space(scale)), H5Sclose);
  const auto length = checked(H5Sget_simple_extent_npoints(space.id()));
  finish(space);
  return static_cast<hsize_t>(length);
}

void Hdf5Writer::write_attributes(hid_t object, const Hdf5Attributes& attributes) {
  for (const auto& attribute : attributes) write_attribute(object, attribute);
}

void Hdf5Writer::write_attribute(hid_t object, const Hdf5Attribute& attribute) {
  Hdf5Handle space(checked(H5Screate(H5S_SCALAR)), H5Sclose);
  Hdf5Handle text_type;
  hid_t in_file = H5T_IEEE_F64LE, in_memory = H5T_NATIVE_DOUBLE;
  const void* value = nullptr;
  const char* text = nullptr;
  if (const auto* string = std::get_if<std::string>(&attribute.value)) {
    if (has_zero_byte(*string)) fail(fmt::format("the attribute \"{}\" holds a zero byte", attribute.name));
    text_type = make_text_type();
    in_file = in_memory = text_type.id();
    text = string->c_str();
    value = &text;
  } else if (const auto* real = std::get_if<double>(&attribute.value)) {
    value = real;
  } else if (const auto* integer = std::get_if<std::int64_t>(&attribute.value)) {
    in_file = H5T_STD_I64LE;
    in_memory = H5T_NATIVE_INT64;
    value = integer;
  } else {
    const auto& integers = std::get<std::vector<int>>(attribute.value);
    const hsize_t length = integers.size();
    finish(space);
    space = Hdf5Handle(checked(H5Screate_simple(1, &length, nullptr)), H5Sclose);
    in_file = H5T_STD_I32LE;
    in_memory = H5T_NATIVE_INT;
    value = integers.data();
  }
  Hdf5Handle handle(
      checked(H5Acreate2(object, attribute.name.c_str(), in_file, space.id(), H5P_DEFAULT, H5P_DEFAULT)),
      H5Aclose);
  if (value != nullptr) checked(H5Awrite(handle.id(), in_memory, value));
  finish(handle);
  finish(space);
  finish(text_type);
}

void Hdf5Writer::commit() {
  try {
    step("finishing the file", [&] {
      for (auto& [name, stack] : stacks_) finish(stack.dataset);
      checked(H5Fflush(file_.id(), H5F_SCOPE_GLOBAL));
      if (checked(H5Fget_obj_count(file_.id(), H5F_OBJ_ALL)) != 1)
        fail("HDF5 could not let go of all its parts");
      checked(file_.close());
    });
  } catch (...) {
    const Hdf5Lock lock;
    stacks_.clear();
    (void)file_.close();
    target_.discard();
    throw;
  }
  target_.commit();
}

}  // namespace poultice::solvers
