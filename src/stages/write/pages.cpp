#include "stages/write/page_text.hpp"
#include "stages/write/result_json.hpp"
#include "stages/write/results.hpp"
#include "stages/write/whole_file.hpp"

namespace matfit {

namespace fs = std::filesystem;

namespace {

PageList table_links(const fs::path& folder) {
  std::vector<std::string> files;
  for (const char* table : {"summary.csv", "bouts.csv", "hotspots.csv", "comparison.csv"}) {
    if (fs::exists(folder / table)) files.emplace_back(table);
  }
  files.emplace_back("run.json");
  PageList links;
  for (const std::string& file : files) {
    PageData link;
    link.set("file", file);
    link.set("more", flag(file != files.back()));
    links.push_back(link);
  }
  return links;
}

}  // namespace

void write_pages(const fs::path& folder, const std::vector<RecordingResult>& results,
                 const std::vector<RecordingFailure>& failures, const PageOptions& options) {
  const Phrases phrases(options.language);
  std::vector<RecordingResult> stored;
  stored.reserve(results.size());
  for (const RecordingResult& r : results) stored.push_back(as_stored(r));
  const std::vector<Person> persons = persons_of(stored);
  for (const Person& person : persons) {
    write_whole_file(
        folder / "reports" / person.file,
        page_text("person.html", person_view(person, phrases), options.version, phrases));
  }
  PageData index = index_view(persons, stored, failures, options, phrases);
  index.set("tables", PageData(table_links(folder)));
  write_whole_file(folder / "index.html", page_text("index.html", index, options.version, phrases));
}

void write_pages_again(const fs::path& folder) {
  const RunInfo run = read_run_json(folder / "run.json");
  std::vector<RecordingResult> results;
  for (const std::string& id : run.recording_ids) {
    results.push_back(
        read_recording_result(recording_json_path(folder, id), recording_arrays_path(folder, id)));
  }
  write_pages(folder, results, run.failures, {run.study, run.version, "en", run.findings});
}

}  // namespace matfit
