// Counts with stacks: the networks of Joulin and Mikolov 2015 ("Inferring Algorithmic Patterns with Stack-Augmented Recurrent Nets", arXiv 1503.01007) learn patterns from n < 20 and are asked up to n = 59.
using System.CommandLine;
using System.Diagnostics;
using AlgorithmicPatterns;
using Microsoft.ML;
using MlNetRecurrent;
using Spectre.Console;

const int smallest = 2, largest = 59;

var quick = new Option<bool>("--quick") { Description = "Two seeds and fewer lessons." };
var seeds = new Option<int>("--seeds") { Description = "Networks of each kind, of which validation chooses one.", DefaultValueFactory = _ => 5 };
var pictures = new Option<string>("--pictures") { Description = "The folder for pictures of the stacks.", DefaultValueFactory = _ => AppContext.BaseDirectory };
var root = new RootCommand("Counts with stacks: trains on n < 20, tests on n = 2…59.") { quick, seeds, pictures };
root.SetAction(result => result.GetValue(quick) ? Run(seeds: 2, lessons: 30, result.GetValue(pictures)!) : Run(result.GetValue(seeds), lessons: 60, result.GetValue(pictures)!));
return root.Parse(args).Invoke();

static int Run(int seeds, int lessons, string pictures)
{
    if (Console.IsOutputRedirected)
        AnsiConsole.Profile.Width = 120;
    var ml = new MLContext(seed: 1);
    Trial[] trials = [];
    AnsiConsole.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).Start(console =>
        trials = [.. Pattern.All.SelectMany(pattern => Contestant.All.Select(contestant => Try(ml, console, contestant, pattern, seeds, lessons)))]);

    var table = new Table().AddColumns("pattern", "40 units", $"right for n = {smallest}…{largest}", "in the paper", "seeds that are right for all", "s a seed");
    foreach (Trial trial in trials)
        table.AddRow(trial.Pattern.Name, trial.Contestant.Name, $"{trial.Right:P0}", $"{trial.Paper:P0}", $"{trial.Perfect} of {seeds}", $"{trial.Seconds:F1}");
    AnsiConsole.Write(table);

    foreach (Trial trial in trials.Where(trial => trial.Contestant == Contestant.All[^1]))
    {
        var picture = new StackPicture(ml, trial.Model, trial.Pattern, n: 6);
        picture.Write();
        string path = Path.Combine(pictures, $"stacks-{Array.IndexOf(Pattern.All, trial.Pattern) + 1}.png");
        picture.Save(path);
        Console.WriteLine($"The stacks on n = 6: {path}");
    }
    // The sample is also a check: rounded stacks must count beyond what they were trained on.
    return trials.Where(trial => trial.Contestant == Contestant.All[^1]).All(trial => trial.Right == 1) ? 0 : 1;
}

static Trial Try(MLContext ml, ProgressContext console, Contestant contestant, Pattern pattern, int seeds, int lessons)
{
    ProgressTask bar = console.AddTask($"Training: {contestant.Name} on {pattern.Name}", maxValue: seeds * lessons);
    var curriculum = new Curriculum(ml, pattern, contestant, lessons, () => bar.Increment(1));
    var clock = Stopwatch.StartNew();
    (RecurrentTransformer Model, Exam Validation)[] candidates = [.. Enumerable.Range(1, seeds).Select(curriculum.Run)];
    double seconds = clock.Elapsed.TotalSeconds / seeds;
    (RecurrentTransformer Model, Exam Validation) chosen = candidates.Aggregate((best, next) => next.Validation.IsBetterThan(best.Validation) ? next : best);
    double[] right = [.. candidates.Select(candidate => Exam.Take(ml, candidate.Model, pattern, smallest, largest).Right)];
    return new(contestant, pattern, chosen.Model, Exam.Take(ml, chosen.Model, pattern, smallest, largest).Right, right.Count(value => value == 1), seconds);
}
