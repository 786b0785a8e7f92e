#include "core/model/model.hpp"

#include <algorithm>
#include <utility>

namespace poultice::core {

void Assembly::note_amount(const double* amount) {
  for (Index lane = 0; lane < width(); ++lane)
    amount_scale(0, lane) = std::max(amount_scale(0, lane), amount[lane]);
}

std::string Assembly::own_name(const std::string& name) const {
  const auto* instance = parameters.scenario().find_instance(parameters.instance());
  return instance->name == instance->model->name ? name : instance->name + "_" + name;
}

Probe& Assembly::probe(Probe prototype) {
  const auto found =
      std::find_if(probes.begin(), probes.end(), [&](const Probe& p) { return p.name == prototype.name; });
  if (found != probes.end()) return *found;
  probes.push_back(std::move(prototype));
  return probes.back();
}

}  // namespace poultice::core
