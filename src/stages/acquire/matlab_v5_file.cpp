#include "stages/acquire/matlab_v5_file.hpp"

#include "types/error.hpp"

#include <matio.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace matfit {

namespace {

constexpr int deepest_field = 4;
constexpr std::size_t most_cells = 1 << 20;
// Deflate packs no more than 1032 bytes into one (zlib's technical details).
constexpr std::uintmax_t most_packing = 1032;

struct CloseFile {
  void operator()(mat_t* file) const { Mat_Close(file); }
};
struct FreeVariable {
  void operator()(matvar_t* variable) const { Mat_VarFree(variable); }
};
using VariableHandle = std::unique_ptr<matvar_t, FreeVariable>;

std::size_t bytes_of(matio_classes kind) {
  switch (kind) {
    case MAT_C_INT8:
    case MAT_C_UINT8: return 1;
    case MAT_C_INT16:
    case MAT_C_UINT16: return 2;
    case MAT_C_INT32:
    case MAT_C_UINT32:
    case MAT_C_SINGLE: return 4;
    case MAT_C_INT64:
    case MAT_C_UINT64:
    case MAT_C_DOUBLE: return 8;
    default: return 0;  // not a class of numbers
  }
}

template <typename Stored, typename Value>
void convert(const std::vector<char>& bytes, std::vector<Value>& values) {
  const auto* const stored = reinterpret_cast<const Stored*>(bytes.data());
  std::transform(stored, stored + values.size(), values.begin(),
                 [](Stored value) { return static_cast<Value>(value); });
}

template <typename Value>
std::vector<Value> values_of(const std::vector<char>& bytes, matio_classes kind) {
  std::vector<Value> values(bytes.size() / bytes_of(kind));
  switch (kind) {
    case MAT_C_INT8: convert<std::int8_t>(bytes, values); break;
    case MAT_C_UINT8: convert<std::uint8_t>(bytes, values); break;
    case MAT_C_INT16: convert<std::int16_t>(bytes, values); break;
    case MAT_C_UINT16: convert<std::uint16_t>(bytes, values); break;
    case MAT_C_INT32: convert<std::int32_t>(bytes, values); break;
    case MAT_C_UINT32: convert<std::uint32_t>(bytes, values); break;
    case MAT_C_INT64: convert<std::int64_t>(bytes, values); break;
    case MAT_C_UINT64: convert<std::uint64_t>(bytes, values); break;
    case MAT_C_SINGLE: convert<float>(bytes, values); break;
    default: convert<double>(bytes, values);
  }
  return values;
}

class MatlabV5File final : public MatlabFile {
 public:
  explicit MatlabV5File(const std::filesystem::path& path)
      : name_(path.string()), bytes_(std::filesystem::file_size(path)) {
    file_.reset(Mat_Open(path.c_str(), MAT_ACC_RDONLY));
    if (!file_ || Mat_GetVersion(file_.get()) != MAT_FT_MAT5) {
      refuse("", "", "a MATLAB file of version 5");
    }
    while (VariableHandle variable{Mat_VarReadNextInfo(file_.get())}) {
      list(*variable, variable->name == nullptr ? "" : variable->name, 0);
      top_.push_back(std::move(variable));
    }
  }

  std::vector<float> read_last(std::size_t variable, std::size_t first,
                               std::size_t count) override {
    const Parts& parts = parts_[variable];
    if (variables_[variable].kind != MatlabVariable::Kind::cells) {
      const std::size_t rank = variables_[variable].shape.size();
      return read_slab<float>(variable, *parts.front(), rank - 1, first, count);
    }
    std::vector<float> values;
    for (std::size_t i = first; i < first + count; ++i) {
      const std::vector<float> cell =
          read_slab<float>(variable, *parts[i], 1, 0, static_cast<std::size_t>(parts[i]->dims[1]));
      values.insert(values.end(), cell.begin(), cell.end());
    }
    return values;
  }

  std::vector<float> read_first(std::size_t variable, std::size_t first,
                                std::size_t count) override {
    return read_slab<float>(variable, *parts_[variable].front(), 0, first, count);
  }

  std::vector<double> read_all(std::size_t variable) override {
    matvar_t& part = *parts_[variable].front();
    if (variables_[variable].kind == MatlabVariable::Kind::text) return read_text(variable, part);
    return read_slab<double>(variable, part, 0, 0, part.dims[0]);
  }

 private:
  using Parts = std::vector<matvar_t*>;  // one, or those of a cell array

  [[noreturn]] void refuse(const std::string& variable, const std::string& value,
                           const std::string& expected) const {
    throw InputError({name_, variable.empty() ? "" : "variable " + variable, value, expected,
                      "the file is damaged or of another kind: save the variable again"});
  }

  void list(matvar_t& variable, const std::string& name, int depth) {
    if (variable.dims == nullptr || variable.rank < 1 || depth > deepest_field) {
      left_out_.push_back(name);
      return;
    }
    const std::span<const std::size_t> dims(variable.dims, static_cast<std::size_t>(variable.rank));
    if (variable.class_type == MAT_C_STRUCT) {
      list_fields(variable, dims, name, depth);
    } else if (variable.class_type == MAT_C_CELL) {
      list_cells(variable, dims, name);
    } else if (variable.class_type == MAT_C_CHAR || is_real_numbers(variable)) {
      const bool text = variable.class_type == MAT_C_CHAR;
      const MatlabVariable found{name,
                                 text ? MatlabVariable::Kind::text : MatlabVariable::Kind::numbers,
                                 {dims.begin(), dims.end()}};
      require_plausible_size(found, text ? 1 : bytes_of(variable.class_type));
      if (found.size() == 0) return;
      variables_.push_back(found);
      parts_.push_back({&variable});
    } else {
      left_out_.push_back(name + " (neither real numbers nor text)");
    }
  }

  static bool is_real_numbers(const matvar_t& variable) {
    return bytes_of(variable.class_type) != 0 && variable.isComplex == 0;
  }

  void list_fields(matvar_t& variable, std::span<const std::size_t> dims, const std::string& name,
                   int depth) {
    if (std::any_of(dims.begin(), dims.end(), [](std::size_t extent) { return extent != 1; })) {
      left_out_.push_back(name + " (array of structures)");
      return;
    }
    const unsigned fields = Mat_VarGetNumberOfFields(&variable);
    char* const* const names = Mat_VarGetStructFieldnames(&variable);
    for (unsigned i = 0; names != nullptr && i < fields; ++i) {
      matvar_t* const field = Mat_VarGetStructFieldByIndex(&variable, i, 0);
      if (field != nullptr && names[i] != nullptr) list(*field, name + "." + names[i], depth + 1);
    }
  }

  void list_cells(matvar_t& variable, std::span<const std::size_t> dims, const std::string& name) {
    std::size_t count = 1;
    for (const std::size_t extent : dims) {
      count = extent != 0 && count > most_cells / extent ? 0 : count * extent;
    }
    Parts cells;
    for (std::size_t i = 0; i < count; ++i) {
      matvar_t* const cell = Mat_VarGetCell(&variable, static_cast<int>(i));
      const bool matrix =
          cell != nullptr && cell->rank == 2 && cell->dims != nullptr && is_real_numbers(*cell) &&
          (cells.empty() ||
           (cell->dims[0] == cells.front()->dims[0] && cell->dims[1] == cells.front()->dims[1]));
      if (!matrix) {
        left_out_.push_back(name + " (cell array, but not of matrices of one size)");
        return;
      }
      cells.push_back(cell);
    }
    if (cells.empty()) return;
    const MatlabVariable found{
        name, MatlabVariable::Kind::cells, {cells.front()->dims[0], cells.front()->dims[1], count}};
    require_plausible_size(found, bytes_of(cells.front()->class_type));
    if (found.size() == 0) return;
    variables_.push_back(found);
    parts_.push_back(std::move(cells));
  }

  // Before anything of that size is asked of the memory.
  void require_plausible_size(const MatlabVariable& variable, std::size_t element_bytes) const {
    std::uintmax_t size = element_bytes;
    for (const std::size_t extent : variable.shape) {
      const bool fits = extent <= static_cast<std::size_t>(std::numeric_limits<int>::max()) &&
                        (extent == 0 || size <= bytes_ * most_packing * 8 / extent);
      if (!fits) {
        refuse(variable.name, variable.shape_text(),
               "what a file of " + std::to_string(bytes_) + " bytes can hold");
      }
      size *= extent;
    }
  }

  template <typename Value>
  std::vector<Value> read_slab(std::size_t variable, matvar_t& part, std::size_t dimension,
                               std::size_t first, std::size_t count) {
    const auto rank = static_cast<std::size_t>(part.rank);
    std::vector<int> start(rank, 0);
    std::vector<int> edge(rank);
    const std::vector<int> stride(rank, 1);
    std::size_t size = 1;
    for (std::size_t i = 0; i < rank; ++i) {
      edge[i] = static_cast<int>(i == dimension ? count : part.dims[i]);
      size *= static_cast<std::size_t>(edge[i]);
    }
    start[dimension] = static_cast<int>(first);
    std::vector<char> bytes(size * bytes_of(part.class_type));
    const int status = Mat_VarReadData(file_.get(), &part, bytes.data(), start.data(),
                                       const_cast<int*>(stride.data()), edge.data());
    if (status != MATIO_E_NO_ERROR) {
      refuse(variables_[variable].name, "error " + std::to_string(status) + " of libmatio",
             "readable values");
    }
    return values_of<Value>(bytes, part.class_type);
  }

  std::vector<double> read_text(std::size_t variable, matvar_t& part) {
    const VariableHandle copy{Mat_VarDuplicate(&part, 0)};
    if (!copy || Mat_VarReadDataAll(file_.get(), copy.get()) != MATIO_E_NO_ERROR ||
        copy->data == nullptr) {
      refuse(variables_[variable].name, "", "a readable text");
    }
    const auto* const letters = static_cast<const unsigned char*>(copy->data);
    const std::size_t step =
        copy->data_type == MAT_T_UINT16 || copy->data_type == MAT_T_UTF16 ? 2 : 1;
    std::vector<double> codes;
    for (std::size_t i = 0; i + step <= copy->nbytes; i += step) codes.push_back(letters[i]);
    return codes;
  }

  std::string name_;
  std::uintmax_t bytes_;
  std::unique_ptr<mat_t, CloseFile> file_;
  std::vector<VariableHandle> top_;
  std::vector<Parts> parts_;  // of variables_
};

}  // namespace

std::unique_ptr<MatlabFile> open_matlab_v5_file(const std::filesystem::path& path) {
  return std::make_unique<MatlabV5File>(path);
}

}  // namespace matfit
