#pragma once

#include <string>
#include <vector>

namespace poultice::conformance {

/// A law that one model need not keep, and why.
struct Exemption {
  std::string model;
  std::string law;  ///< name of the test
  std::string reason;
};

/// All of them. The test Exemptions.AreCounted holds their number, so that a new one cannot slip in.
[[nodiscard]] inline const std::vector<Exemption>& exemptions() {
  static const std::vector<Exemption> all{
      {"metabolite", "TwiceTheDoseGivesTwiceTheAnswer",
       "Its reference has enzymes and binding sites that saturate."},
  };
  return all;
}
inline constexpr std::size_t n_exemptions = 1;

}  // namespace poultice::conformance
