// resume, stream, windows: --help says what each takes.
using System.CommandLine;
using MlNetRecurrent.Tests.Trainings;

var checkpoint = new Argument<string>("checkpoint") { Description = "The file that the training is kept in." };
var tag = new Option<bool>("--tag") { Description = "Trains a tagger with a CRF, characters and static columns, not a classifier." };
var resume = new Command(
    "resume",
    "Trains for some seconds, or goes on from the checkpoint, and prints a hash of the scores. ../kill-9.sh kills it.") { checkpoint, tag };
resume.SetAction(result => Console.WriteLine(result.GetValue(tag)
    ? ResumedTraining.Tag(result.GetValue(checkpoint)!)
    : ResumedTraining.Classify(result.GetValue(checkpoint)!)));

var rows = new Option<int>("--rows") { Description = "Rows of 20 steps of 8 features.", DefaultValueFactory = _ => 1_000_000 };
var bound = new Option<int>("--most-megabytes")
{
    Description = "The exit code is 1 where the process ever took more memory.",
    DefaultValueFactory = _ => 600,
};
var stream = new Command(
    "stream",
    "Trains an epoch on data that is made while it is read, and prints the most memory that the process took.") { rows, bound };
stream.SetAction(result => StreamedTraining.Run(result.GetValue(rows), result.GetValue(bound)));

var tableRows = new Option<int>("--rows") { Description = "Rows of the table.", DefaultValueFactory = _ => 5_000_000 };
var tableBound = new Option<int>("--most-megabytes")
{
    Description = "The exit code is 1 where the process ever took more memory.",
    DefaultValueFactory = _ => 300,
};
var windows = new Command(
    "windows",
    "Reads the sliding windows of a table that is made while it is read, "
    + "and prints how fast, and the most memory that the process took.") { tableRows, tableBound };
windows.SetAction(result => WindowedTable.Run(result.GetValue(tableRows), result.GetValue(tableBound)));

return new RootCommand("Trainings in a process of their own") { resume, stream, windows }.Parse(args).Invoke();
