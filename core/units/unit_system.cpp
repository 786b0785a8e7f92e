#include "core/units/unit_system.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include <fmt/format.h>
#include <udunits2.h>

#include "core/base/check.hpp"
#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "core/units/dimension.hpp"
#include "core/units/unit_spelling.hpp"

namespace poultice::core {
namespace {

struct FreeUnit {
  void operator()(ut_unit* unit) const { ut_free(unit); }
};
struct FreeConverter {
  void operator()(cv_converter* converter) const { cv_free(converter); }
};
using UnitHandle = std::unique_ptr<ut_unit, FreeUnit>;
using Converter = std::unique_ptr<cv_converter, FreeConverter>;

/// Units of pharmacy and biology that UDUNITS lacks. The dalton is CODATA 2018's (Tiesinga et al.,
/// Rev. Mod. Phys. 93, 025010, 2021). "mcg" is the microgram of United States drug labels.
struct Addition {
  const char* word;
  const char* definition;
};
constexpr std::array additions{
    Addition{"M", "1000 mol/m^3"},
    Addition{"molar", "1000 mol/m^3"},
    Addition{"Da", "1.66053906660e-27 kg"},
    Addition{"dalton", "1.66053906660e-27 kg"},
    Addition{"mcg", "1e-9 kg"},
    Addition{"dimensionless", "1"},
    Addition{"permille", "0.001"},
};

/// What a misspelt unit word is compared with; among equally near ones the first wins.
const std::vector<std::string>& common_words() {
  static const std::vector<std::string> words{
      "mg",   "ug",    "ng",    "g",    "kg",     "pg",     "cm",   "mm",   "um",   "nm",     "m",
      "km",   "mL",    "L",     "uL",   "dL",     "nL",     "s",    "min",  "h",    "d",      "day",
      "week", "ms",    "year",  "mol",  "mmol",   "umol",   "nmol", "pmol", "fmol", "M",      "mM",
      "uM",   "nM",    "pM",    "K",    "degC",   "degF",   "Pa",   "kPa",  "MPa",  "mPa",    "mmHg",
      "bar",  "atm",   "N",     "mN",   "J",      "kJ",     "mJ",   "cal",  "kcal", "W",      "mW",
      "V",    "mV",    "A",     "mA",   "uA",     "S",      "mS",   "ohm",  "kohm", "F",      "uF",
      "C",    "Hz",    "kHz",   "Da",   "kDa",    "cell",   "%",    "rad",  "hour", "second", "minute",
      "gram", "liter", "meter", "mole", "kelvin", "celsius"};
  return words;
}

/// Common spellings that UDUNITS lacks or reads otherwise, and what to write instead.
std::string meant_by(const std::string& word) {
  static const std::map<std::string, std::string, std::less<>> meant{
      {"hrs", "h"},    {"mins", "min"}, {"wk", "week"}, {"wks", "week"}, {"gm", "g"},
      {"gms", "g"},    {"cP", "mPa*s"}, {"mcm", "um"},  {"mcL", "uL"},   {"mcl", "uL"},
      {"deg", "degC"}, {"mu", "um"},    {"lit", "L"},   {"ul", "uL"},    {"degrees", "degC"}};
  const auto found = meant.find(word);
  return found == meant.end() ? "" : found->second;
}

bool is_activity_unit(std::string_view word) {
  for (const std::string_view activity :
       {"IU", "UI", "iu", "U", "mIU", "kIU", "MIU", "uIU", "mU", "kU", "uU"})
    if (word == activity) return true;
  return false;
}

/// Powers of the base units by symbol. Radians count as the number 1.
struct Dimensions {
  std::map<std::string, int> powers;
  bool logarithmic_or_date = false;

  void add(const ut_unit* basic, int power) {
    const char* name = ut_get_name(basic, UT_ASCII);
    if (name != nullptr && std::string_view(name) == "radian") return;
    const char* symbol = ut_get_symbol(basic, UT_ASCII);
    POULTICE_ASSERT(symbol != nullptr);  // the database and we ourselves give every base unit one
    if (symbol != nullptr) powers[symbol] += power;
  }
};

ut_status visit_basic(const ut_unit* unit, void* found) {
  static_cast<Dimensions*>(found)->add(unit, 1);
  return UT_SUCCESS;
}

ut_status visit_product(const ut_unit*, int count, const ut_unit* const* basics, const int* powers,
                        void* found) {
  for (int i = 0; i < count; ++i) static_cast<Dimensions*>(found)->add(basics[i], powers[i]);
  return UT_SUCCESS;
}

ut_status visit_scaled(const ut_unit*, double, const ut_unit* underlying, double, void* found);

ut_status visit_date(const ut_unit*, const ut_unit*, double, void* found) {
  static_cast<Dimensions*>(found)->logarithmic_or_date = true;
  return UT_SUCCESS;
}

ut_status visit_logarithm(const ut_unit*, double, const ut_unit*, void* found) {
  static_cast<Dimensions*>(found)->logarithmic_or_date = true;
  return UT_SUCCESS;
}

constexpr ut_visitor visitor{visit_basic, visit_product, visit_scaled, visit_date, visit_logarithm};

ut_status visit_scaled(const ut_unit*, double, const ut_unit* underlying, double, void* found) {
  return ut_accept_visitor(underlying, &visitor, found);
}

Dimensions dimensions_of(const ut_unit* unit) {
  Dimensions found;
  ut_accept_visitor(unit, &visitor, &found);
  return found;
}

/// "kg*m^2/s^2": base units only, in an order people would write.
std::string base_spelling(const Dimensions& dimensions) {
  std::vector<std::string> order{"mol", "cell", "kg", "A", "K", "cd", "m", "s"};
  std::string above, below;
  const auto append = [&](const std::string& symbol) {
    const auto found = dimensions.powers.find(symbol);
    const int power = found == dimensions.powers.end() ? 0 : found->second;
    if (power == 0) return;
    const auto text = std::abs(power) == 1 ? symbol : fmt::format("{}^{}", symbol, std::abs(power));
    if (power < 0)
      below += "/" + text;
    else
      above += (above.empty() ? "" : "*") + text;
  };
  for (const auto& symbol : order) append(symbol);
  return (above.empty() ? "1" : above) + below;
}

struct Entry {
  Unit unit;
  Converter to_si, from_si;
};

class UnitSystem {
 public:
  static UnitSystem& instance() {
    // Never destroyed: threads that outlive main may still convert. A failed start is tried again.
    static UnitSystem& system = *new UnitSystem;
    return system;
  }

  const Entry& entry(std::string_view unit, std::string_view wanted_si) {
    const std::lock_guard lock(mutex_);
    if (const auto known = entries_.find(unit); known != entries_.end()) return known->second;
    const auto spelling = read_unit_spelling(unit);
    const auto handle = checked(unit, spelling, wanted_si);
    auto made = make_entry(handle.get(), spelling.plain, unit);
    return entries_.emplace(std::string(unit), std::move(made)).first->second;
  }

 private:
  UnitSystem() {
    ut_set_error_message_handler(ut_ignore);
    system_ = ut_read_xml(nullptr);
    if (system_ == nullptr) refuse_start();
    for (const auto& [word, definition] : additions) map_word(word, parse(definition).get());
    const UnitHandle cell(ut_new_base_unit(system_));
    map_word("cell", cell.get());
    map_word("cells", cell.get());
    ut_map_unit_to_symbol(cell.get(), "cell", UT_ASCII);
    for (const auto& dimension : named_dimensions()) {
      const auto si = parse(std::string(dimension.si));
      POULTICE_ASSERT(si != nullptr);
      spellings_.emplace(base_spelling(dimensions_of(si.get())), dimension.si);
    }
  }

  [[noreturn]] static void refuse_start() {
    const char* variable = std::getenv("UDUNITS2_XML_PATH");
    ut_status status = UT_OPEN_DEFAULT;
    const char* path = ut_get_path_xml(nullptr, &status);
    throw FileError(
        path != nullptr ? path : "udunits2.xml", "the database of units cannot be read",
        variable != nullptr
            ? "let the environment variable UDUNITS2_XML_PATH name the file udunits2.xml, or unset it"
            : "install the Debian package libudunits2-data, or let the environment variable "
              "UDUNITS2_XML_PATH name the file udunits2.xml");
  }

  void map_word(const char* word, const ut_unit* unit) {
    // As a symbol, so that it takes the prefixes m, u, n, k; UDUNITS answers UT_EXISTS where a later
    // release brings the word itself, and then its definition stands.
    ut_map_symbol_to_unit(word, UT_ASCII, unit);
  }

  [[nodiscard]] UnitHandle parse(const std::string& plain) const {
    return UnitHandle(ut_parse(system_, plain.c_str(), UT_ASCII));
  }

  /// The unit, or the UnitError that says what is wrong with its spelling.
  UnitHandle checked(std::string_view unit, const UnitSpelling& spelling, std::string_view wanted_si) const {
    const auto given = std::string(unit);
    for (const auto& word : spelling.words)
      if (is_activity_unit(word))
        throw UnitError(
            fmt::format("\"{}\" counts biological activity, which is a different amount for every "
                        "substance",
                        word),
            given, "", "write the mass or the amount of substance that it stands for");
    if (!spelling.problem.empty())
      throw UnitError(fmt::format("\"{}\" is not a unit: {}", given, spelling.problem), given, "",
                      "write products and quotients of units, such as \"ug/cm^2/h\"");
    for (const auto& word : spelling.words)
      if (parse(word) == nullptr)
        throw UnitError(fmt::format("no unit is called \"{}\"", word), given, "",
                        suggestion(spelling, word, wanted_si));
    auto handle = parse(spelling.plain);
    if (handle == nullptr)
      throw UnitError(fmt::format("\"{}\" is not a unit", given), given, "",
                      "write products and quotients of units, such as \"ug/cm^2/h\"");
    return handle;
  }

  std::string suggestion(const UnitSpelling& spelling, const std::string& word,
                         std::string_view wanted_si) const {
    auto better = meant_by(word);
    if (better.empty()) {
      std::vector<std::string> fitting;
      for (const auto& candidate : common_words()) {
        const auto handle = parse(with_word(spelling.plain, word, candidate));
        if (handle != nullptr && si_of(handle.get()) == wanted_si) fitting.push_back(candidate);
      }
      better = nearest(word, fitting);
      if (better.empty()) better = nearest(word, common_words());
    }
    if (better.empty()) return "common units are mg, ug, mol, M, mL, cm, um, h, min, s, degC and Pa";
    return fmt::format("did you mean \"{}\"?", with_word(spelling.plain, word, better));
  }

  static std::string with_word(std::string_view plain, std::string_view word, std::string_view other) {
    const auto is_part = [&](std::size_t i) {
      return i < plain.size() && (std::isalnum(static_cast<unsigned char>(plain[i])) || plain[i] == '_');
    };
    std::size_t at = plain.find(word);
    while (at != std::string_view::npos) {
      const bool starts = at == 0 || !is_part(at - 1);
      const bool ends = !is_part(at + word.size());
      if (starts && ends) break;
      at = plain.find(word, at + 1);
    }
    if (at == std::string_view::npos) return std::string(plain);
    return fmt::format("{}{}{}", plain.substr(0, at), other, plain.substr(at + word.size()));
  }

  [[nodiscard]] std::string si_of(const ut_unit* unit) const {
    const auto base = base_spelling(dimensions_of(unit));
    const auto named = spellings_.find(base);
    return named == spellings_.end() ? base : std::string(named->second);
  }

  [[nodiscard]] Entry make_entry(const ut_unit* unit, const std::string& plain,
                                 std::string_view given) const {
    const auto refuse = [&](std::string_view why) {
      throw UnitError(fmt::format("\"{}\" {}", given, why), std::string(given), "", "write a plain unit");
    };
    if (dimensions_of(unit).logarithmic_or_date) refuse("is a logarithm or a date and cannot be converted");
    auto si = si_of(unit);
    const auto si_unit = parse(si);
    Entry entry{Unit{plain, std::move(si), false},
                Converter(ut_get_converter(const_cast<ut_unit*>(unit), si_unit.get())),
                Converter(ut_get_converter(si_unit.get(), const_cast<ut_unit*>(unit)))};
    if (entry.to_si == nullptr || entry.from_si == nullptr) refuse("cannot be converted to SI");
    entry.unit.is_one = entry.unit.si == "1" && cv_convert_double(entry.to_si.get(), 1.0) == 1.0;
    return entry;
  }

  std::mutex mutex_;
  ut_system* system_ = nullptr;
  std::map<std::string, std::string_view, std::less<>> spellings_;  ///< base units to the named SI spelling
  std::map<std::string, Entry, std::less<>> entries_;               ///< nodes stay put, so references do
};

}  // namespace

Unit find_unit(std::string_view unit, std::string_view wanted_si) {
  return UnitSystem::instance().entry(unit, wanted_si).unit;
}

// A converter is immutable once made, so that the conversion itself needs no lock.
double convert_to_si(double value, std::string_view unit) {
  return cv_convert_double(UnitSystem::instance().entry(unit, "").to_si.get(), value);
}

double convert_from_si(double si, std::string_view unit) {
  return cv_convert_double(UnitSystem::instance().entry(unit, "").from_si.get(), si);
}

}  // namespace poultice::core
