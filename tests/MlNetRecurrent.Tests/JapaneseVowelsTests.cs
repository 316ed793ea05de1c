using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests;

/// <summary>Speakers told apart by two vowels (Kudo, Toyama, Shimbo 1999): 270 and 370 sequences of 7 to 29 steps of 12 features.</summary>
public sealed class JapaneseVowelsTests
{
    /// <summary>The floor is the nearest neighbour's accuracy, 96.5%.</summary>
    [Fact]
    public void An_lstm_tells_the_nine_speakers_apart_better_than_the_nearest_neighbour_does()
    {
        string folder = Path.Combine(Repository.SharedData, "ts-japanese-vowels");
        Assert.SkipUnless(Directory.Exists(folder), $"The data is not here: {folder}");
        double accuracy = Accuracy(folder, seed: 1);
        TestContext.Current.SendDiagnosticMessage($"Japanese vowels, accuracy: {accuracy:P2}");
        Assert.InRange(accuracy, 0.965, 1);
    }

    private static double Accuracy(string folder, int seed)
    {
        var ml = new MLContext(seed);
        var options = new RecurrentOptions
        {
            Layers = [new LstmLayer(64)],
            BatchSize = 16,
            NumberOfEpochs = 40,
            LearningRate = 5e-3f,
            Seed = seed,
        };
        ITransformer model = ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.MulticlassClassification.Trainers.Recurrent(options))
            .Fit(Read(ml, folder, "train.tsv"));
        return ml.MulticlassClassification.Evaluate(model.Transform(Read(ml, folder, "test.tsv"))).MicroAccuracy;
    }

    private static IDataView Read(MLContext ml, string folder, string file) => ml.Data.LoadFromEnumerable(
        File.ReadLines(Path.Combine(folder, file)).Select(line => line.Split('\t')).Select(parts => new Utterance
        {
            Label = parts[0],
            Features = [.. parts[1].Split(';', ',').Select(number => float.Parse(number, CultureInfo.InvariantCulture))],
        }).ToArray());

    private sealed class Utterance
    {
        public string Label { get; set; } = "";

        [VectorType(0, 12)]
        public float[] Features { get; set; } = [];
    }
}
