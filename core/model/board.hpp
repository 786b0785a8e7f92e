#pragma once

#include <any>
#include <map>
#include <string>
#include <typeinfo>
#include <utility>
#include <vector>

#include "core/base/error.hpp"

namespace poultice::core {

/// Where models offer one another what they own: a surface to stick to, a bloodstream to drain into. Each
/// kind of offer is a small struct that its owner's header declares; an offer bears the name of the owner's
/// table.
class Board {
 public:
  template <class Offer>
  void offer(const std::string& instance, Offer offer) {
    offers_[{typeid(Offer).hash_code(), instance}] = std::move(offer);
  }

  /// The offer of this kind by the table of this name, or null.
  template <class Offer>
  [[nodiscard]] const Offer* find(const std::string& instance) const {
    const auto found = offers_.find({typeid(Offer).hash_code(), instance});
    return found == offers_.end() ? nullptr : std::any_cast<Offer>(&found->second);
  }

  /// All offers of this kind, by table name.
  template <class Offer>
  [[nodiscard]] std::vector<std::pair<std::string, const Offer*>> all() const {
    std::vector<std::pair<std::string, const Offer*>> found;
    for (const auto& [key, offer] : offers_)
      if (const auto* match = std::any_cast<Offer>(&offer)) found.emplace_back(key.second, match);
    return found;
  }

  /// The one offer of this kind, or null when nobody makes it. Throws ModelError when several do: `asker`
  /// must be told which is meant.
  template <class Offer>
  [[nodiscard]] const Offer* only(const std::string& asker, const std::string& what) const {
    const auto found = all<Offer>();
    if (found.size() > 1)
      throw ModelError(asker,
                       "there are several tables that offer " + what + " ([" + found[0].first + "], [" +
                           found[1].first + "])",
                       "exactly one is needed");
    return found.empty() ? nullptr : found.front().second;
  }

 private:
  std::map<std::pair<std::size_t, std::string>, std::any> offers_;
};

}  // namespace poultice::core
