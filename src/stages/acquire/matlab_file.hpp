#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace matfit {

// A variable of a MATLAB file, or a field of a structure: "frames", "session.frames".
struct MatlabVariable {
  enum class Kind { numbers, text, cells };  // cells: matrices of one size each

  std::string name;
  Kind kind = Kind::numbers;
  std::vector<std::size_t> shape;  // MATLAB's order; of cells: rows, columns, how many

  std::size_t size() const;
  std::string shape_text() const;  // "64 x 27 x 600"
};

// An open MATLAB file. Numbers are real and come in MATLAB's order, the first index running
// fastest. Every function throws InputError. Not to be used from several threads.
class MatlabFile {
 public:
  virtual ~MatlabFile() = default;
  const std::vector<MatlabVariable>& variables() const { return variables_; }
  // What cannot be read, for errors: "log (cell array of unequal things)".
  const std::vector<std::string>& left_out() const { return left_out_; }

  // `count` indices from `first` on of the last dimension, of all the others every one.
  virtual std::vector<float> read_last(std::size_t variable, std::size_t first,
                                       std::size_t count) = 0;
  // The same of the first dimension; slower, for it does not lie in one piece.
  virtual std::vector<float> read_first(std::size_t variable, std::size_t first,
                                        std::size_t count) = 0;
  // All of a small one: numbers as they are, text as character codes.
  virtual std::vector<double> read_all(std::size_t variable) = 0;

 protected:
  std::vector<MatlabVariable> variables_;
  std::vector<std::string> left_out_;
};

// Format version 4, 5 (MATLAB's -v6 and -v7, SciPy, Octave) or 7.3. InputError for a file that is
// damaged or of another kind; variables that hold neither real numbers nor text are left out.
// Damage can bring the libraries down: try it first (trial_reading.hpp).
std::unique_ptr<MatlabFile> open_matlab_file(const std::filesystem::path& path);

}  // namespace matfit
