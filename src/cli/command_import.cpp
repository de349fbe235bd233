#include "cli/command.hpp"
#include "cli/read_flags.hpp"
#include "stages/acquire/read_recording.hpp"
#include "stages/acquire/recording_ids.hpp"
#include "stages/write/recording_file.hpp"
#include "types/error.hpp"

#include <fmt/format.h>

namespace matfit {

namespace {

namespace fs = std::filesystem;

class ImportCommand final : public Command {
 public:
  std::string name() const override { return "import"; }
  std::string synopsis() const override { return "SRC DST.h5 [OPTIONS]"; }
  std::string summary() const override { return "any known format becomes matfit's own (HDF5)"; }

  void declare(OptionTable& options) override {
    options.positional("SRC DST.h5", paths_, 2, 2, "the recording and the file to write");
    options.text("id", id_, "ID", "the recording's id (default: the file's own or its name)");
    read_flags_.declare(options);
  }

  void setup() override {
    if (id_ && !is_recording_id(*id_)) {
      throw UsageError("--id: got '" + *id_ +
                       "', expected 1 to 100 letters, digits, . _ - (not a dot first)");
    }
    if (fs::path(paths_[1]).extension() != ".h5") {
      throw UsageError(paths_[1] + ": expected a name that ends in .h5; the source comes first");
    }
  }

  int run(const CommandContext&, Terminal& terminal) override {
    const fs::path destination = paths_[1];
    std::error_code ignored;
    if (fs::equivalent(paths_[0], destination, ignored)) {
      throw UsageError(paths_[1] + ": is the source itself; give another name");
    }
    const fs::path folder = destination.has_parent_path() ? destination.parent_path() : ".";
    if (!fs::is_directory(folder)) {
      throw UsageError(folder.string() + ": there is no such folder; make it first");
    }
    Recording recording = read_recording(paths_[0], read_flags_.values());
    if (id_) recording.id = *id_;
    write_recording(recording, destination);
    terminal.info(fmt::format("{}: {} frames of {} x {} as {} ({})", paths_[1], recording.size(),
                              recording.mat.geometry.rows, recording.mat.geometry.cols,
                              recording.id, recording.format));
    return exit_all_well;
  }

 private:
  std::vector<std::string> paths_;
  std::optional<std::string> id_;
  ReadFlags read_flags_;
};

}  // namespace

std::unique_ptr<Command> make_import_command() { return std::make_unique<ImportCommand>(); }

}  // namespace matfit
