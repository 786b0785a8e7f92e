#include "core/study/member_table.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "core/base/error.hpp"
#include "core/study/csv.hpp"
#include "core/study/varied_entries.hpp"
#include "core/units/quantity.hpp"

namespace poultice::core {
namespace {

using Records = std::vector<std::vector<CsvField>>;

constexpr int most_shown = 10;

std::string_view trimmed(std::string_view text) {
  while (text.ends_with(' ')) text.remove_suffix(1);
  while (text.starts_with(' ')) text.remove_prefix(1);
  return text;
}

bool is_plain_number(std::string_view text) {
  double number = 0.0;
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size();
}

/// Reads one column of the table.
class ColumnReader {
 public:
  ColumnReader(const CsvField& head, const std::string& file, const VariedPaths& paths, ProblemList& problems)
      : head_(head), file_(file), tier_{Origin::scenario, file, ""}, problems_(problems) {
    std::string_view path = head.text;
    if (const auto bracket = path.find('['); bracket != std::string_view::npos && path.ends_with(']')) {
      unit_ = trimmed(path.substr(bracket + 1, path.size() - bracket - 2));
      has_unit_ = true;
      path = trimmed(path.substr(0, bracket));
    }
    path_ = path;
    parameter_ = paths.resolve(path_, place_of(head), path_, problems);
    if (has_unit_) check_unit();
  }

  [[nodiscard]] const std::string& path() const noexcept { return path_; }

  DesignColumn read(const Records& records, std::size_t i) {
    if (!parameter_) return {};
    auto column = column_for(*parameter_);
    ProblemList nobody;
    int n_wrong = 0;
    for (std::size_t row = 1; row < records.size(); ++row) {
      if (records[row].size() <= i) continue;  // reported with its row
      const auto before = column.size();
      read_field(records[row][i], column, n_wrong < most_shown ? problems_ : nobody);
      if (column.size() == before) ++n_wrong;
    }
    if (n_wrong > most_shown)
      refuse(problems_, place_of(head_), path_, fmt::format("{} values are wrong in all", n_wrong),
             head_.text);
    return column;
  }

 private:
  [[nodiscard]] Place place_of(const CsvField& field) const { return {file_, field.line, field.column}; }

  void check_unit() {
    if (!parameter_) return;
    const auto& spec = parameter_->spec;
    try {
      if (spec.type == ParameterType::quantity && same_dimension(unit_, spec.unit)) return;
      refuse(problems_, place_of(head_), path_, "the unit does not fit", unit_,
             spec.type == ParameterType::quantity ? fmt::format("a unit like {}", spec.unit) : "no unit");
    } catch (const UnitError& error) {
      refuse(problems_, place_of(head_), path_, error.what_is_wrong(), unit_,
             fmt::format("a unit like {}", spec.unit), error.hint());
    }
    parameter_.reset();
  }

  /// As if the field stood in a TOML file: with the unit of its column, or as the type wants it.
  void read_field(const CsvField& field, DesignColumn& column, ProblemList& problems) {
    if (field.text.empty())
      return refuse(problems, place_of(field), path_, "the field is empty", "", accepted(parameter_->spec));
    auto node = field_node(field);
    const bool is_quantity = parameter_->spec.type == ParameterType::quantity;
    if (is_quantity && has_unit_ && !is_plain_number(field.text))
      return refuse(problems, place_of(field), path_, "this is no number", field.text,
                    fmt::format("a number of {}", unit_),
                    field.text.find(',') != std::string::npos ? "write a decimal point and no separators"
                                                              : "the unit stands in the first line already");
    if (is_quantity && has_unit_) node.text += " " + unit_;
    append_value(*parameter_, path_, node, tier_, column, problems);
  }

  [[nodiscard]] Node field_node(const CsvField& field) const {
    Node node;
    const auto type = parameter_->spec.type;
    if (type == ParameterType::count || type == ParameterType::flag) {
      node = parse_loose_value(field.text, file_);
    } else {
      node.kind = Node::Kind::text;
      node.text = field.text;
    }
    node.written = field.text;
    node.place = place_of(field);
    return node;
  }

  const CsvField& head_;
  const std::string& file_;
  Tier tier_;
  ProblemList& problems_;
  std::string path_, unit_;
  bool has_unit_ = false;
  std::optional<VariedParameter> parameter_;
};

/// Every row has as many fields as the first.
void check_rows(const Records& records, const std::string& file, ProblemList& problems) {
  int n_wrong = 0;
  for (const auto& record : records) {
    if (record.size() == records.front().size() || ++n_wrong > most_shown) continue;
    refuse(problems, {file, record.front().line, 1}, "", "the row has not as many fields as the first",
           fmt::format("{}", record.size()), fmt::format("{}", records.front().size()),
           "a text that holds a comma stands in double quotes");
  }
}

}  // namespace

std::vector<DesignColumn> read_member_table(std::string_view text, const std::string& file,
                                            const VariedPaths& paths, ProblemList& problems) {
  const auto records = read_csv(text, file, problems);
  if (records.size() < 2) {
    refuse(problems, {file}, "", "the table holds no members",
           records.empty() ? "nothing" : "the names of the columns",
           "a first line with paths, then a line for each member");
    return {};
  }
  const auto& head = records.front();
  if (head.size() == 1 && head.front().text.find(';') != std::string::npos) {
    refuse(problems, {file, 1, 1}, "", "the columns are not parted by commas", head.front().text,
           "a comma between two columns", "save the table with commas and decimal points");
    return {};
  }
  check_rows(records, file, problems);
  std::vector<DesignColumn> columns;
  for (std::size_t i = 0; i < head.size(); ++i) {
    ColumnReader reader(head[i], file, paths, problems);
    if (std::any_of(columns.begin(), columns.end(),
                    [&](const auto& column) { return column.path == reader.path(); }))
      refuse(problems, {file, head[i].line, head[i].column}, reader.path(), "two columns for one parameter",
             head[i].text, "one column");
    columns.push_back(reader.read(records, i));
  }
  return columns;
}

}  // namespace poultice::core
