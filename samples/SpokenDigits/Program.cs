// Hears digits: words that the program speaks itself, or WAV files, become frames of 20 bands, and a pyramid of LSTM layers tells which
// digit they are.
using System.CommandLine;
using Microsoft.ML;
using Microsoft.ML.Data;
using Samples.Shared;
using Spectre.Console;
using SpokenDigits;

var pictures = new Argument<string>("pictures")
{
    Description = "The folder for pictures.",
    DefaultValueFactory = _ => AppContext.BaseDirectory,
};
var wav = new Option<string?>("--wav")
{
    Description = "A folder of files digit_speaker_index.wav, 8000 samples a second; those of index 0 to 4 are the test.",
};
wav.Validators.Add(result =>
{
    if (result.GetValueOrDefault<string?>() is { } folder && !Directory.Exists(folder))
        result.AddError($"There is no folder '{folder}'.");
});
var save = new Option<string?>("--save")
{
    Description = "A folder for the words that were spoken, as WAV files, with a list of those to learn from.",
};
var root = new RootCommand("Learns to hear digits.") { pictures, wav, save };
root.SetAction(result => Run(result.GetValue(pictures)!, result.GetValue(wav), result.GetValue(save)));
// A first word like the program's name is taken for that name, which the folder for pictures may be: so the name goes before it.
return root.Parse([root.Name, .. args]).Invoke();

static int Run(string pictures, string? wav, string? save)
{
    Directory.CreateDirectory(pictures);
    Recording[] recordings = wav is null
        ?
        [
            .. Recording.Synthesise("training", speakers: 40, indices: 5..10, seed: 1),
            .. Recording.Synthesise("test", speakers: 20, indices: 0..5, seed: 2),
        ]
        : Recording.Read(wav);
    Recording[] training = [.. recordings.Where(recording => !recording.IsTest)];
    Recording[] test = [.. recordings.Where(recording => recording.IsTest)];
    if (training.Length == 0 || test.Length == 0)
    {
        Console.Error.WriteLine($"{wav}: there must be files digit_speaker_index.wav with indices of 0 to 4, for the test, "
            + "and from 5 on, to learn from.");
        return 1;
    }
    if (save is not null)
        Recording.Save(recordings, save);
    DigitModel.ModelInput[] trainingWords = [.. training.Select(DigitModel.ModelInput.Of)];
    DigitModel.ModelInput[] testWords = [.. test.Select(DigitModel.ModelInput.Of)];

    // The same layers, with and without the pyramid.
    var mlContext = new MLContext(seed: 1);
    IDataView data = mlContext.Data.LoadFromEnumerable(trainingWords);
    ITransformer model = DigitModel.RetrainModel(mlContext, data);
    DigitModel.SaveModel(mlContext, model, data, DigitModel.MLNetModelPath);
    ITransformer fullLength = DigitModel.BuildPipeline(mlContext, DigitModel.FullLength).Fit(data);
    LearningCurve[] curves = [LearningCurve.Of("pyramid", model), LearningCurve.Of("full length", fullLength)];

    // How good they are, beside what needs no network.
    MulticlassClassificationMetrics pyramid = DigitModel.Evaluate(mlContext, model, testWords);
    MulticlassClassificationMetrics deep = DigitModel.Evaluate(mlContext, fullLength, testWords);
    double nearest = Baseline.NearestNeighbour(trainingWords, testWords);
    var table = new Table().AddColumns($"{test.Length} words of {Speakers(test)} speakers", "accuracy", "log-loss", "s an epoch, at best");
    table.AddRow("the most frequent digit", $"{Baseline.MostFrequent(trainingWords, testWords):P1}", "", "");
    table.AddRow("the nearest neighbour", $"{nearest:P1}", "", "");
    table.AddRow(
        "3 LSTM layers in both directions, full length", $"{deep.MicroAccuracy:P1}", $"{deep.LogLoss:F3}",
        $"{curves[1].FastestEpoch.TotalSeconds:F2}");
    table.AddRow(
        "the same as a pyramid", $"{pyramid.MicroAccuracy:P1}", $"{pyramid.LogLoss:F3}",
        $"{curves[0].FastestEpoch.TotalSeconds:F2}");
    Tables.Write(table);
    double frames = trainingWords.Average(word => word.Frames.Length / LogMel.Bands);
    Console.WriteLine(
        $"Learned from {training.Length} words of {Speakers(training)} speakers, {frames:F0} frames each on average.");

    // The model that was saved, loaded and asked.
    Console.WriteLine($"A {test[^1].Digit} of the test sounds like");
    foreach ((string digit, float probability) in DigitModel.PredictAllLabels(testWords[^1]).Take(3))
        Console.WriteLine($"  {digit}{probability,6:P0}");

    Picture.OfLearning(Path.Combine(pictures, "learning.png"), "nats", curves);
    string[] digits = [.. DigitModel.GetLabels(DigitModel.Predict(testWords[^1]))];
    Picture.OfConfusion(Path.Combine(pictures, "confusion.png"), pyramid.ConfusionMatrix, digits);
    DigitModel.ModelInput shown = testWords.FirstOrDefault(word => word.Digit == "6") ?? testWords[^1];
    Picture.OfSteps(Path.Combine(pictures, "six.png"), shown.Frames, LogMel.Bands, "frame (10 ms)", "band");
    Console.WriteLine($"Pictures: {Path.Combine(pictures, "*.png")}");

    // The sample is also a check: it fails where learning does not pay.
    return pyramid.MicroAccuracy > nearest + 0.01 ? 0 : 1;
}

static int Speakers(Recording[] recordings) => recordings.DistinctBy(recording => recording.Speaker).Count();
