// vowels, bikes, sentiment, digits, tagging, names, vectors, m4-weekly, etth2, airline, bike-forecast, all: holds the recurrent trainers
// against real data.
// defaults: holds trainers with nothing set against simple methods and a small tuning, on real and generated data. Exit code 1: a bar is
// missed; 2: the data is not there.
using System.CommandLine;
using MlNetRecurrent.Reproductions.Bikes;
using MlNetRecurrent.Reproductions.Defaults;
using MlNetRecurrent.Reproductions.Digits;
using MlNetRecurrent.Reproductions.Forecasts;
using MlNetRecurrent.Reproductions.Names;
using MlNetRecurrent.Reproductions.Running;
using MlNetRecurrent.Reproductions.Sentiment;
using MlNetRecurrent.Reproductions.Tagging;
using MlNetRecurrent.Reproductions.Vectors;
using MlNetRecurrent.Reproductions.Vowels;
using Spectre.Console;

IExperiment[] experiments =
[
    new VowelsExperiment(), new BikesExperiment(), new SentimentExperiment(), new DigitsExperiment(), new TaggingExperiment(),
    new NamesExperiment(), new VectorsExperiment(),
    new WeeklyExperiment(), new TransformerExperiment(), new AirlineExperiment(), new BikeForecastExperiment(),
];
var data = new Option<string?>("--data")
{
    Description = "The folder of the data sets. Default: the folder shared/data of the working directory or of one above it.",
    Recursive = true,
};
var seeds = new Option<int?>("--seeds")
{
    Description = "Train with the seeds 1 to this. Default: as many as the experiment wants.",
    Recursive = true,
};
var quick = new Option<bool>("--quick")
{
    Description = "One seed, a fifth of the epochs, and no bars: to see that everything runs.",
    Recursive = true,
};
var validate = new Option<bool>("--validate")
{
    Description = "Hold the figures against a part of the training data, and against no bars: "
        + "how the sizes and rates were chosen.",
    Recursive = true,
};
seeds.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int?>() < 1)
        result.AddError("--seeds must be at least 1.");
});
var root = new RootCommand("Recurrent networks on real data, beside the figures that they have to reach") { data, seeds, quick, validate };
foreach (IExperiment experiment in experiments)
    root.Add(CommandOf(experiment.Name, experiment.Description, [experiment]));
root.Add(CommandOf("all", "All of them, one after the other.", experiments));
root.Add(CommandOfDefaults());
if (Console.IsOutputRedirected)
    AnsiConsole.Profile.Width = 160;
return root.Parse(args).Invoke();

Command CommandOf(string name, string description, IReadOnlyList<IExperiment> chosen)
{
    var command = new Command(name, description);
    command.SetAction(result =>
    {
        try
        {
            var settings = new RunSettings(result.GetValue(seeds), result.GetValue(quick), result.GetValue(validate));
            var runner = new ExperimentRunner(DataFolder.Find(result.GetValue(data)), settings);
            bool[] reached = [.. chosen.Select(runner.Run)];
            return reached.All(all => all) ? 0 : 1;
        }
        catch (IOException missing)
        {
            Console.Error.WriteLine(missing.Message);
            return 2;
        }
    });
    return command;
}

Command CommandOfDefaults()
{
    var sets = new Option<string[]>("--sets")
    {
        Description = "The sets whose names contain one of these. Default: all.",
        AllowMultipleArgumentsPerToken = true,
    };
    var systems = new Option<string[]>("--systems")
    {
        Description = "The trainers to take. Default: all.",
        AllowMultipleArgumentsPerToken = true,
    };
    var untuned = new Option<bool>("--untuned") { Description = "Leave out the tuning, which takes most of the time." };
    var command = new Command(
        "defaults", "Trainers with nothing set, beside a linear model, a forest, the nearest neighbor and a small tuning.")
    {
        sets, systems, untuned,
    };
    command.SetAction(result =>
    {
        try
        {
            string[] names = result.GetValue(sets) ?? [];
            var comparison = new DefaultsComparison(
                DataFolder.Find(result.GetValue(data)), result.GetValue(seeds) ?? 3,
                set => names.Length == 0 || names.Any(set.Name.Contains), !result.GetValue(untuned));
            return comparison.Run(result.GetValue(systems) ?? []) ? 0 : 1;
        }
        catch (IOException missing)
        {
            Console.Error.WriteLine(missing.Message);
            return 2;
        }
    });
    return command;
}
