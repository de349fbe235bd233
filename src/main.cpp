#include "cli/command.hpp"

#include <filesystem>
#include <string>
#include <vector>

int main(int argument_count, char** argument_values) {
  std::error_code ignored;
  const std::filesystem::path executable = std::filesystem::read_symlink("/proc/self/exe", ignored);
  return matfit::run_program({argument_values + 1, argument_values + argument_count}, executable);
}
