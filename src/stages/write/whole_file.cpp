#include "stages/write/whole_file.hpp"

#include "types/error.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <string>
#include <system_error>

namespace matfit {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void cannot_write(const fs::path& path, const std::string& why) {
  throw UsageError(fmt::format("cannot write {}: {}", path.string(), why));
}

// Unlike any other writer's: of this process, and of other processes in the same folder.
fs::path temporary_beside(const fs::path& path) {
  static std::atomic<unsigned> count{0};
  fs::path temporary = path;
  temporary.replace_filename(
      fmt::format(".matfit-{}-{}{}", getpid(), count++, path.extension().string()));
  return temporary;
}

}  // namespace

void write_whole_file(const fs::path& path, const std::function<void(const fs::path&)>& produce) {
  std::error_code error;
  if (path.has_parent_path()) fs::create_directories(path.parent_path(), error);
  if (error) cannot_write(path, error.message());
  const fs::path temporary = temporary_beside(path);
  try {
    produce(temporary);
  } catch (...) {
    fs::remove(temporary, error);
    throw;
  }
  fs::rename(temporary, path, error);
  if (error) {
    const std::string why = error.message();
    fs::remove(temporary, error);
    cannot_write(path, why);
  }
}

void write_whole_file(const fs::path& path, std::string_view bytes) {
  write_whole_file(path, [&](const fs::path& temporary) {
    std::ofstream out(temporary, std::ios::binary);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.close();
    if (!out) cannot_write(path, "the folder is not writable or the disk is full");
  });
}

}  // namespace matfit
