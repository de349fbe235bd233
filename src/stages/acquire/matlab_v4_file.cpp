#include "stages/acquire/matlab_v4_file.hpp"

#include "types/error.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <optional>
#include <string>
#include <utility>

namespace matfit {

namespace {

constexpr std::size_t header_bytes = 20;
constexpr std::size_t longest_name = 64;
static_assert(std::endian::native == std::endian::little);

enum class Stored { float64, float32, int32, int16, uint16, uint8 };

std::size_t bytes_of(Stored kind) {
  constexpr std::array<std::size_t, 6> bytes = {8, 4, 4, 2, 2, 1};
  return bytes[static_cast<std::size_t>(kind)];
}

struct MatrixHeader {
  Stored stored = Stored::float64;
  bool big_endian = false;
  bool text = false;
  bool sparse = false;
  bool complex = false;
  std::size_t rows = 0;
  std::size_t cols = 0;
  std::size_t name_bytes = 0;  // with the zero behind it

  std::uintmax_t data_bytes() const {
    return std::uintmax_t{rows} * cols * bytes_of(stored) * (complex ? 2 : 1);
  }
};

std::optional<MatrixHeader> header_in(std::string_view bytes) {
  if (bytes.size() < header_bytes) return std::nullopt;
  const auto word = [&](std::size_t index, bool big_endian) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      const auto byte = static_cast<unsigned char>(bytes[4 * index + (big_endian ? 3 - i : i)]);
      value |= std::uint32_t{byte} << (8 * i);
    }
    return value;
  };
  MatrixHeader header;
  header.big_endian = word(0, true) / 1000 == 1;
  const std::uint32_t type = word(0, header.big_endian) - (header.big_endian ? 1000 : 0);
  const std::uint32_t kind = type % 10;
  if (type > 52 || type / 10 > 5 || kind > 2) return std::nullopt;
  header.stored = static_cast<Stored>(type / 10);
  header.text = kind == 1;
  header.sparse = kind == 2;
  constexpr std::uint32_t most = 1U << 28;
  const std::uint32_t complex = word(3, header.big_endian);
  header.rows = word(1, header.big_endian);
  header.cols = word(2, header.big_endian);
  header.name_bytes = word(4, header.big_endian);
  header.complex = complex == 1;
  if (header.rows > most || header.cols > most || complex > 1 || header.name_bytes < 2 ||
      header.name_bytes > longest_name) {
    return std::nullopt;
  }
  return header;
}

bool is_name(std::string_view bytes) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return letter(bytes.front()) && bytes.back() == '\0' &&
         std::all_of(bytes.begin(), bytes.end() - 1,
                     [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '_'; });
}

template <typename Number, typename Value>
Value number_at(const char* bytes, bool big_endian) {
  std::array<char, sizeof(Number)> ordered{};
  std::copy_n(bytes, ordered.size(), ordered.begin());
  if (big_endian) std::reverse(ordered.begin(), ordered.end());
  return static_cast<Value>(std::bit_cast<Number>(ordered));
}

class MatlabV4File final : public MatlabFile {
 public:
  explicit MatlabV4File(const std::filesystem::path& path)
      : name_(path.string()), in_(path, std::ios::binary) {
    const std::uintmax_t end = std::filesystem::file_size(path);
    for (std::uintmax_t at = 0; at < end;) at = list(at, end);
  }

  std::vector<float> read_last(std::size_t variable, std::size_t first,
                               std::size_t count) override {
    const std::size_t rows = matrices_[variable].header.rows;
    return read<float>(variable, first * rows, count * rows);
  }

  std::vector<float> read_first(std::size_t variable, std::size_t first,
                                std::size_t count) override {
    const MatrixHeader& header = matrices_[variable].header;
    std::vector<float> values;
    values.reserve(header.cols * count);
    for (std::size_t col = 0; col < header.cols; ++col) {
      const std::vector<float> part = read<float>(variable, col * header.rows + first, count);
      values.insert(values.end(), part.begin(), part.end());
    }
    return values;
  }

  std::vector<double> read_all(std::size_t variable) override {
    return read<double>(variable, 0, variables_[variable].size());
  }

 private:
  struct Matrix {
    MatrixHeader header;
    std::uintmax_t data = 0;  // where its numbers begin
  };

  [[noreturn]] void refuse(std::uintmax_t at, const std::string& value,
                           const std::string& expected) const {
    throw InputError({name_, "byte " + std::to_string(at), value, expected,
                      "the file is cut short or damaged: copy it again"});
  }

  std::string bytes_at(std::uintmax_t at, std::size_t size) {
    std::string bytes(size, '\0');
    in_.clear();
    in_.seekg(static_cast<std::streamoff>(at));
    in_.read(bytes.data(), static_cast<std::streamsize>(size));
    if (static_cast<std::size_t>(in_.gcount()) != size) refuse(at, "the file's end", "a matrix");
    return bytes;
  }

  // Notes the matrix at `at`; where the next one begins.
  std::uintmax_t list(std::uintmax_t at, std::uintmax_t end) {
    const auto header = header_in(bytes_at(at, header_bytes));
    if (!header) refuse(at, "", "the header of a matrix");
    const std::uintmax_t data = at + header_bytes + header->name_bytes;
    const std::string name = bytes_at(at + header_bytes, header->name_bytes);
    if (!is_name(name)) refuse(at + header_bytes, "", "the name of a matrix");
    if (header->data_bytes() > end - std::min(end, data)) {
      refuse(at, "a matrix of " + std::to_string(header->data_bytes()) + " bytes",
             "at most the " + std::to_string(end - std::min(end, data)) + " that are left");
    }
    const std::string text = name.substr(0, name.size() - 1);
    if (header->complex || header->sparse) {
      left_out_.push_back(text + " (neither real numbers nor text)");
    } else if (header->data_bytes() > 0) {
      const auto kind = header->text ? MatlabVariable::Kind::text : MatlabVariable::Kind::numbers;
      variables_.push_back({text, kind, {header->rows, header->cols}});
      matrices_.push_back({*header, data});
    }
    return data + header->data_bytes();
  }

  template <typename Value>
  std::vector<Value> read(std::size_t variable, std::size_t first, std::size_t count) {
    const auto& [header, data] = matrices_[variable];
    const std::size_t size = bytes_of(header.stored);
    const std::string bytes = bytes_at(data + std::uintmax_t{first} * size, count * size);
    std::vector<Value> values(count);
    for (std::size_t i = 0; i < count; ++i) {
      const char* const at = bytes.data() + i * size;
      const bool big = header.big_endian;
      switch (header.stored) {
        case Stored::float64: values[i] = number_at<double, Value>(at, big); break;
        case Stored::float32: values[i] = number_at<float, Value>(at, big); break;
        case Stored::int32: values[i] = number_at<std::int32_t, Value>(at, big); break;
        case Stored::int16: values[i] = number_at<std::int16_t, Value>(at, big); break;
        case Stored::uint16: values[i] = number_at<std::uint16_t, Value>(at, big); break;
        case Stored::uint8: values[i] = number_at<std::uint8_t, Value>(at, big);
      }
    }
    return values;
  }

  std::string name_;
  std::ifstream in_;
  std::vector<Matrix> matrices_;  // of variables_
};

}  // namespace

bool is_matlab_v4(std::string_view beginning) {
  const auto header = header_in(beginning);
  return header && beginning.size() >= header_bytes + header->name_bytes &&
         is_name(beginning.substr(header_bytes, header->name_bytes));
}

std::unique_ptr<MatlabFile> open_matlab_v4_file(const std::filesystem::path& path) {
  return std::make_unique<MatlabV4File>(path);
}

}  // namespace matfit
