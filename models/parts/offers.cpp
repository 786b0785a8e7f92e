#include "models/parts/offers.hpp"

namespace poultice::models {

const Substance& substance(const core::Board& board, const std::string& asker) {
  const auto* found = board.only<Substance>(asker, "a substance");
  if (found == nullptr) throw core::ModelError(asker, "there is no [drug] table to say what is delivered");
  return *found;
}

}  // namespace poultice::models
