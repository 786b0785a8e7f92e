#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace poultice::solvers {

/// Packs numbers as HDF5's filters "shuffle" and "deflate" would, one after the other, so that any reader of
/// HDF5 unpacks them; at several times their speed. Shuffled doubles are eight planes of bytes. Those of the
/// exponent and of the mantissa's first bits repeat themselves; most of the mantissa of a computed number
/// looks random, takes deflate the longest and shrinks by nothing. So each plane is tried on a sample, and
/// one that does not shrink is stored as it is.
class ChunkDeflater {
 public:
  /// `level` 1 … 9, as deflate knows it, for planes that shrink.
  explicit ChunkDeflater(int level);
  ~ChunkDeflater();
  ChunkDeflater(const ChunkDeflater&) = delete;
  ChunkDeflater& operator=(const ChunkDeflater&) = delete;

  /// What is to be stored for a chunk of these values; good until the next call.
  [[nodiscard]] std::span<const unsigned char> pack(std::span<const double> values);

 private:
  struct Stream;
  [[nodiscard]] bool shrinks(const unsigned char* plane, std::size_t size);

  int level_;
  std::unique_ptr<Stream> stream_, trial_;
  std::vector<unsigned char> shuffled_, packed_;
};

}  // namespace poultice::solvers
