#include "stages/acquire/matlab_hdf5_file.hpp"

#include "h5/error.hpp"
#include "h5/file.hpp"
#include "types/error.hpp"

#include <algorithm>
#include <utility>

namespace matfit {

namespace {

constexpr int deepest_field = 4;

class MatlabHdf5File final : public MatlabFile {
 public:
  explicit MatlabHdf5File(const std::filesystem::path& path) : name_(path.string()) {
    checked([&] {
      const h5::File file = h5::File::open(path);
      list(file, "/", 0);
      return 0;
    });
  }

  std::vector<float> read_last(std::size_t variable, std::size_t first,
                               std::size_t count) override {
    return checked([&] {
      const h5::Dataset& dataset = datasets_[variable];
      std::vector<float> values(count * dataset.row_size());
      dataset.read_rows<float>(first, count, values);
      return values;
    });
  }

  std::vector<float> read_first(std::size_t variable, std::size_t first,
                                std::size_t count) override {
    return checked([&] {
      const h5::Dataset& dataset = datasets_[variable];
      const std::size_t line = dataset.shape().back();  // the first dimension of MATLAB's
      std::vector<float> row(dataset.row_size());
      std::vector<float> values;
      values.reserve(dataset.rows() * (row.size() / line) * count);
      for (std::size_t i = 0; i < dataset.rows(); ++i) {
        dataset.read_rows<float>(i, 1, row);
        for (std::size_t begin = first; begin < row.size(); begin += line) {
          const auto from = row.begin() + static_cast<std::ptrdiff_t>(begin);
          values.insert(values.end(), from, from + static_cast<std::ptrdiff_t>(count));
        }
      }
      return values;
    });
  }

  std::vector<double> read_all(std::size_t variable) override {
    return checked([&] { return datasets_[variable].read<double>(); });
  }

 private:
  template <typename Action>
  auto checked(const Action& action) const -> decltype(action()) {
    try {
      return action();
    } catch (const h5::Error& error) {
      throw InputError({name_, error.object(), error.problem(), "a whole MATLAB 7.3 file",
                        "the file is damaged: copy it again"});
    }
  }

  void list(const h5::File& file, const std::string& group, int depth) {
    for (const std::string& child : file.names_in(group)) {
      if (child.starts_with('#')) continue;  // what references point at
      const std::string path = (group == "/" ? group : group + "/") + child;
      std::string name = path.substr(1);
      std::replace(name.begin(), name.end(), '/', '.');
      if (file.has_dataset(path)) {
        list_dataset(file, path, name);
      } else if (file.has_group(path) && depth < deepest_field) {
        list(file, path, depth + 1);
      }
    }
  }

  void list_dataset(const h5::File& file, const std::string& path, const std::string& name) {
    h5::Dataset dataset = file.dataset(path);
    const std::string kind = file.text_attribute(path, "MATLAB_class").value_or("");
    if (file.number_attribute(path, "MATLAB_empty").value_or(0.0) != 0.0) return;
    if (!dataset.numeric() || dataset.shape().empty() || dataset.rows() == 0 ||
        dataset.row_size() == 0) {
      left_out_.push_back(name + (kind.empty() ? "" : " (" + kind + ")"));
      return;
    }
    variables_.push_back(
        {name,
         kind == "char" ? MatlabVariable::Kind::text : MatlabVariable::Kind::numbers,
         {dataset.shape().rbegin(), dataset.shape().rend()}});
    datasets_.push_back(std::move(dataset));
  }

  std::string name_;
  std::vector<h5::Dataset> datasets_;  // of variables_
};

}  // namespace

std::unique_ptr<MatlabFile> open_matlab_hdf5_file(const std::filesystem::path& path) {
  return std::make_unique<MatlabHdf5File>(path);
}

}  // namespace matfit
