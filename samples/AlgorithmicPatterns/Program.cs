// Counts with stacks: the networks of Joulin and Mikolov 2015 ("Inferring Algorithmic Patterns with Stack-Augmented Recurrent Nets", arXiv
// 1503.01007) learn patterns from n ≤ 10 and are asked up to n = 59.
using System.CommandLine;
using AlgorithmicPatterns;
using Microsoft.ML;
using Samples.Shared;
using Spectre.Console;

var quick = new Option<bool>("--quick") { Description = "Two seeds and fewer lessons." };
var seeds = new Option<int>("--seeds")
{
    Description = "Networks of each kind, of which validation chooses one.",
    DefaultValueFactory = _ => 5,
};
seeds.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int>() < 1)
        result.AddError("--seeds must be at least 1.");
});
var pictures = new Option<string>("--pictures")
{
    Description = "The folder for pictures of the stacks.",
    DefaultValueFactory = _ => AppContext.BaseDirectory,
};
var root = new RootCommand("Counts with stacks: trains on n ≤ 10, chooses on n < 20, tests on n = 2…59.") { quick, seeds, pictures };
root.SetAction(result => result.GetValue(quick)
    ? Run(seeds: 2, lessons: 30, result.GetValue(pictures)!)
    : Run(result.GetValue(seeds), lessons: 60, result.GetValue(pictures)!));
return root.Parse(args).Invoke();

static int Run(int seeds, int lessons, string pictures)
{
    Directory.CreateDirectory(pictures);
    var mlContext = new MLContext(seed: 1);
    Trial[] trials = TrainingBars.Show<Trial[]>(bars =>
    [
        .. from pattern in Pattern.All
           from contestant in Contestant.All
           select Trial.Run(mlContext, contestant, pattern, seeds, lessons, bars),
    ]);

    string right = $"right for n = {PatternModel.Smallest}…{PatternModel.LargestTested}";
    var table = new Table().AddColumns("pattern", "40 units", right, "in the paper", "seeds that are right for all", "s a seed");
    foreach (Trial trial in trials)
    {
        table.AddRow(
            trial.Pattern.Name, trial.Contestant.Name, $"{trial.Right:P0}", $"{trial.Paper:P0}", $"{trial.Perfect} of {seeds}",
            $"{trial.Seconds:F1}");
    }
    AnsiConsole.Write(table);

    Trial[] rounded = [.. trials.Where(trial => trial.Contestant == Contestant.RoundingStack)];
    foreach (Trial trial in rounded)
    {
        var picture = new StackPicture(mlContext, trial.Model, trial.Pattern, n: 6);
        picture.Write();
        string path = Path.Combine(pictures, $"stacks-{Array.IndexOf(Pattern.All, trial.Pattern) + 1}.png");
        picture.Save(path);
        Console.WriteLine($"The stacks on n = 6: {path}");
    }

    // One of the models, saved, loaded and asked.
    Trial asked = rounded.Single(trial => trial.Pattern == Pattern.Abc);
    PatternModel.SaveModel(mlContext, asked.Model, PatternModel.LoadWords(mlContext, asked.Pattern, []), PatternModel.MLNetModelPath);
    PatternModel.WriteWords(asked.Pattern);
    Console.WriteLine($"{asked.Contestant.Name}, has learned {asked.Pattern.Name} from n ≤ {PatternModel.LargestTrained}. What follows?");
    var answers = new Table().AddColumns("after", "must come", "the model says", "probabilities");
    // It counts as far as its stacks reach, which hold 200 elements; the last question is beyond them.
    foreach ((int n, int length) in new[] { (3, 5), (20, 39), (20, 40), (100, 299), (100, 300), (200, 399), (200, 400), (300, 501) })
    {
        string text = asked.Pattern.Word(n)[..length];
        PatternModel.ModelOutput output = PatternModel.Predict(new() { Text = text });
        IEnumerable<string> probabilities =
            PatternModel.GetSortedScoresWithLabels(output).Select(symbol => $"{symbol.Key} {symbol.Value:P0}");
        answers.AddRow(
            Pattern.Shorten(text), $"{asked.Pattern.Next(n)[length - 1]}", output.PredictedLabel[^1], string.Join(", ", probabilities));
    }
    AnsiConsole.Write(answers);

    // The sample is also a check: rounded stacks must count beyond what they were trained on.
    return rounded.All(trial => trial.Right == 1) ? 0 : 1;
}
