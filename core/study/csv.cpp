#include "core/study/csv.hpp"

#include "core/scenario/document.hpp"

namespace poultice::core {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Walks through the text field by field.
class CsvReader {
 public:
  CsvReader(std::string_view text, const std::string& file, ProblemList& problems)
      : text_(text), file_(file), problems_(problems) {
    if (text_.starts_with(byte_order_mark)) text_.remove_prefix(byte_order_mark.size());
  }

  std::vector<std::vector<CsvField>> read() {
    std::vector<std::vector<CsvField>> records;
    while (!is_at_end()) {
      auto record = read_record();
      const bool is_blank = record.size() == 1 && record.front().text.empty();
      if (!is_blank) records.push_back(std::move(record));
    }
    return records;
  }

 private:
  [[nodiscard]] bool is_at_end() const { return at_ == text_.size(); }
  /// Whether a character comes next; false at the end.
  [[nodiscard]] bool is_next(char c) const { return !is_at_end() && text_[at_] == c; }
  [[nodiscard]] bool is_blank_next() const { return is_next(' ') || is_next('\t'); }
  [[nodiscard]] bool is_field_end() const {
    return is_at_end() || is_next(',') || is_next('\n') || text_.substr(at_).starts_with("\r\n");
  }

  char take() {
    const char c = text_[at_++];
    if (c == '\n') {
      ++line_;
      column_ = 1;
    } else if ((static_cast<unsigned char>(c) & 0xC0u) != 0x80u) {
      ++column_;
    }
    return c;
  }

  std::vector<CsvField> read_record() {
    std::vector<CsvField> record;
    while (true) {
      record.push_back(read_field());
      if (is_at_end()) return record;
      if (take() == ',') continue;
      if (text_[at_ - 1] == '\r') take();
      return record;
    }
  }

  CsvField read_field() {
    while (is_blank_next()) take();
    CsvField field{"", line_, column_};
    if (is_next('"')) {
      read_quoted(field);
    } else {
      while (!is_field_end()) field.text += take();
    }
    while (!field.text.empty() && (field.text.back() == ' ' || field.text.back() == '\t'))
      field.text.pop_back();
    return field;
  }

  void read_quoted(CsvField& field) {
    take();
    while (!is_at_end()) {
      const char c = take();
      if (c != '"') {
        field.text += c;
      } else if (is_next('"')) {
        field.text += take();
      } else {
        return end_quoted(field);
      }
    }
    complain(field, "the quote is never closed", "a second \" at the end of the field");
  }

  void end_quoted(const CsvField& field) {
    while (is_blank_next()) take();
    if (is_field_end()) return;
    complain(field, "something stands behind the closing quote",
             "a comma or the end of the line; a quote within quotes is written twice");
    while (!is_field_end()) take();
  }

  void complain(const CsvField& field, std::string what, std::string expected) {
    auto problem = Place{file_, field.line, field.column}.problem("", std::move(what));
    problem.given = field.text.substr(0, field.text.find('\n'));
    problem.expected = std::move(expected);
    problems_.add(std::move(problem));
  }

  std::string_view text_;
  const std::string& file_;
  ProblemList& problems_;
  std::size_t at_ = 0;
  int line_ = 1, column_ = 1;
};

}  // namespace

std::vector<std::vector<CsvField>> read_csv(std::string_view text, const std::string& file,
                                            ProblemList& problems) {
  return CsvReader(text, file, problems).read();
}

}  // namespace poultice::core
