#include "core/base/sha256.hpp"

#include <array>

#include <openssl/evp.h>

#include "core/base/error.hpp"

namespace poultice::core {
namespace {

void require(int status) {
  // OpenSSL fails here only without memory or where its configuration forbids the digest.
  if (status != 1) throw Error("OpenSSL cannot compute SHA-256 on this system");
}

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

}  // namespace

struct Sha256::Context {
  std::unique_ptr<EVP_MD_CTX, FreeContext> handle{EVP_MD_CTX_new()};
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {
  require(context_->handle != nullptr ? 1 : 0);
  require(EVP_DigestInit_ex(context_->handle.get(), EVP_sha256(), nullptr));
}

Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(const void* bytes, std::size_t size) {
  require(EVP_DigestUpdate(context_->handle.get(), bytes, size));
}

std::string Sha256::hex() const {
  const Context copy;
  require(copy.handle != nullptr ? EVP_MD_CTX_copy_ex(copy.handle.get(), context_->handle.get()) : 0);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  require(EVP_DigestFinal_ex(copy.handle.get(), digest.data(), &size));
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (unsigned int i = 0; i < size; ++i) {
    text += digits[digest[i] >> 4];
    text += digits[digest[i] & 15];
  }
  return text;
}

std::string sha256_hex(std::string_view bytes) {
  Sha256 hash;
  hash.update(bytes.data(), bytes.size());
  return hash.hex();
}

}  // namespace poultice::core
