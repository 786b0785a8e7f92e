#include "models/parts/offers.hpp"

#include <algorithm>

namespace poultice::models {

core::LaneArray activation_of(const core::ParameterView& own, const std::string& key) {
  constexpr double gas_constant = 8.314462618;  // J/(mol K), CODATA 2018
  auto activation = own.column(key);
  for (core::Index lane = 0; lane < own.width(); ++lane) activation(0, lane) /= gas_constant;
  return activation;
}

std::string Substance::probe_name(const std::string& what) const {
  return is_drug() ? what : name + "_" + what;
}

std::string Substance::words() const {
  if (is_drug()) return "drug";
  std::string words = name;
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

std::string Substance::moiety() const { return is_drug() ? drug_moiety : words(); }

std::string Substance::delivered_moiety() const {
  return is_drug() ? models::delivered_moiety : "delivered " + words();
}

const Substance& substance(const core::Board& board, const std::string& asker) {
  const Substance* drug = nullptr;
  for (const auto& [who, offered] : board.all<Substance>()) {
    if (!offered->is_drug()) continue;
    if (drug != nullptr)
      throw core::ModelError(asker, "there are two tables of model drug, of which a study can have one",
                             "a second substance is a table of model metabolite");
    drug = offered;
  }
  if (drug == nullptr)
    throw core::ModelError(asker, "there is no [drug] table to say what is delivered",
                           "add one, with `use` or a `molar_mass`");
  return *drug;
}

std::vector<const Substance*> substances(const core::Board& board, const std::string& asker) {
  std::vector<const Substance*> all{&substance(board, asker)};
  for (const auto& [who, offered] : board.all<Substance>())
    if (!offered->is_drug()) all.push_back(offered);
  return all;
}

const Underside* underside(const core::Board& board, const std::string& tissue) {
  const Underside* found = nullptr;
  for (const auto& [who, offered] : board.all<Underside>()) {
    if (offered->tissue != tissue) continue;
    if (found != nullptr) throw core::ModelError(tissue, "two receptors lie under it", "one is needed");
    found = offered;
  }
  return found;
}

}  // namespace poultice::models
