#include <iostream>

#include "core/base/version.hpp"
#include "core/model/catalogue.hpp"
#include "models/catalogue.hpp"

int main() {
  std::cout << "Poultice " << poultice::core::version() << " from outside\n";
  return poultice::models::catalogue().models().empty() ? 1 : 0;
}
