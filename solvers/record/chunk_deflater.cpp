#include "solvers/record/chunk_deflater.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <new>

#include <zlib.h>

#include "core/base/check.hpp"

namespace poultice::solvers {

namespace {

constexpr std::size_t n_planes = sizeof(double);
constexpr std::size_t sample_size = 2048;  ///< of a plane
constexpr std::size_t worth_it = sample_size - sample_size / 8;

}  // namespace

struct ChunkDeflater::Stream {
  explicit Stream(int level) {
    if (deflateInit(&z, level) != Z_OK) throw std::bad_alloc();
  }
  ~Stream() { deflateEnd(&z); }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  z_stream z{};
};

ChunkDeflater::ChunkDeflater(int level)
    : level_(level), stream_(std::make_unique<Stream>(level)), trial_(std::make_unique<Stream>(level)) {}

ChunkDeflater::~ChunkDeflater() = default;

bool ChunkDeflater::shrinks(const unsigned char* plane, std::size_t size) {
  if (size < 2 * sample_size) return true;
  std::array<unsigned char, 2 * sample_size> out{};
  auto& z = trial_->z;
  deflateReset(&z);
  z.next_in = const_cast<unsigned char*>(plane + (size - sample_size) / 2);
  z.avail_in = sample_size;
  z.next_out = out.data();
  z.avail_out = static_cast<uInt>(out.size());
  const int status = deflate(&z, Z_FINISH);
  POULTICE_ASSERT(status == Z_STREAM_END);
  return status != Z_STREAM_END || z.total_out <= worth_it;
}

std::span<const unsigned char> ChunkDeflater::pack(std::span<const double> values) {
  const std::size_t n = values.size(), size = n * n_planes;
  shuffled_.resize(size);
  const auto* bytes = reinterpret_cast<const unsigned char*>(values.data());
  for (std::size_t plane = 0; plane < n_planes; ++plane)
    for (std::size_t i = 0; i < n; ++i) shuffled_[plane * n + i] = bytes[i * n_planes + plane];

  // Blocks that are stored take five bytes more for 16 kB or so, and each change of level some more.
  packed_.resize(size + size / 1000 + 1024);
  auto& z = stream_->z;
  deflateReset(&z);
  z.next_in = shuffled_.data();
  z.avail_in = 0;
  z.next_out = packed_.data();
  z.avail_out = static_cast<uInt>(packed_.size());
  int status = Z_OK;
  for (std::size_t plane = 0; plane < n_planes && status == Z_OK; ++plane) {
    const int level = shrinks(shuffled_.data() + plane * n, n) ? level_ : Z_NO_COMPRESSION;
    status = deflateParams(&z, level, Z_DEFAULT_STRATEGY);
    z.avail_in = static_cast<uInt>(n);
    if (status == Z_OK) status = deflate(&z, plane + 1 < n_planes ? Z_NO_FLUSH : Z_FINISH);
  }
  POULTICE_ASSERT(status == Z_STREAM_END);
  return std::span(packed_).first(status == Z_STREAM_END ? z.total_out : 0);
}

}  // namespace poultice::solvers
