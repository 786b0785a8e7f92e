#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "core/base/sha256.hpp"

namespace poultice::core {
namespace {

// The examples that NIST publishes with FIPS 180-4.
constexpr auto of_nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
constexpr auto of_abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

TEST(Sha256, GivesThePublishedDigests) {
  EXPECT_EQ(sha256_hex(""), of_nothing);
  EXPECT_EQ(sha256_hex("abc"), of_abc);
  EXPECT_EQ(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256_hex(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, PiecesGiveTheDigestOfTheWhole) {
  const std::string whole(200, 'x');
  for (std::size_t cut = 0; cut <= whole.size(); cut += 7) {
    Sha256 hash;
    hash.update(whole.data(), cut);
    hash.update(whole.data() + cut, whole.size() - cut);
    EXPECT_EQ(hash.hex(), sha256_hex(whole));
  }
}

TEST(Sha256, MayGoOnAfterADigestWasTaken) {
  Sha256 hash;
  EXPECT_EQ(hash.hex(), of_nothing);
  hash.update("ab", 2);
  EXPECT_EQ(hash.hex(), sha256_hex("ab"));
  hash.update("c", 1);
  EXPECT_EQ(hash.hex(), of_abc);
  EXPECT_EQ(hash.hex(), of_abc);
}

TEST(Sha256, CountsZeroBytes) {
  using namespace std::string_view_literals;
  EXPECT_NE(sha256_hex("a\0b"sv), sha256_hex("a\0c"sv));
  EXPECT_NE(sha256_hex("\0"sv), sha256_hex(""sv));
}

TEST(Sha256, CanBeMoved) {
  Sha256 first;
  first.update("ab", 2);
  Sha256 second = std::move(first);
  second.update("c", 1);
  EXPECT_EQ(second.hex(), of_abc);
}

}  // namespace
}  // namespace poultice::core
