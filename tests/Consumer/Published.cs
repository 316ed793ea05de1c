// What a published program does with the packages: train, stop and go on, save, load, and score. It prints the scores, which are the same
// for every way of publishing. With the folder of another run, it scores the models that are there.
using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string folder = args[0];
bool trains = args is [_, "train"];
var ml = new MLContext(seed: 1);
IDataView days = ml.Data.LoadFromEnumerable(Day.Generate(count: 240, seed: 1).ToArray());
IDataView sentences = ml.Data.LoadFromEnumerable(Sentence.Generate(count: 120, seed: 1).ToArray());

// A table of time, through windows and all transforms of tables.
Check("windows", days, () => ml.Transforms.FeaturizeCalendar("Calendar", CalendarParts.DayOfWeek | CalendarParts.Month, "Time")
    .Append(ml.Transforms.FillMissingValues("Filled", "Amount", groupColumnName: "Shop"))
    .Append(ml.Transforms.NormalizeByGroup("Scaled", groupColumnName: "Shop", inputColumnName: "Filled"))
    .Append(ml.Transforms.SlidingWindow(
        "Features", ["Scaled", "Calendar"], windowSize: 7, horizon: 1, groupColumnName: "Shop"))
    .Append(ml.Regression.Trainers.Recurrent(Resumable("windows", "Scaled")))
    .Append(ml.Transforms.DenormalizeByGroup("Forecast", "Score", "Scaled")), "Forecast");

// Groups of rows, and all transforms of sequences.
Check("groups", days, () => ml.Transforms.FillMissingValues("Filled", "Amount", groupColumnName: "Shop")
    .Append(ml.Transforms.Resample(
        "Time", TimeSpan.FromDays(2), [new("Filled", ResampleFunction.Sum), new("Kind", ResampleFunction.First)], "Shop"))
    .Append(ml.Transforms.GroupIntoSequences("Shop", "Time", ["Filled"], ["Kind"]))
    .Append(ml.Transforms.Differences("Changes", "Filled"))
    .Append(ml.Transforms.LagFeatures("Lags", [1, 2], "Filled"))
    .Append(ml.Transforms.ZipSteps("Zipped", ["Filled", "Changes", "Lags"]))
    .Append(ml.Transforms.NormalizeSequence("Normalized", "Zipped"))
    .Append(ml.Transforms.PadOrTruncate("Features", 20, "Normalized"))
    .Append(ml.Transforms.Conversion.MapValueToKey("Label", "Kind"))
    .Append(ml.MulticlassClassification.Trainers.DeepRnn(
        [new ElmanLayer(8), new StackLayer(8), new GruLayer(8) { Bidirectional = true }, new LstmLayer(8) { TimeReduction = 2 }],
        numberOfEpochs: 3)), "Score");

// Words and their characters, with a CRF.
Check("tags", sentences, () => ml.Transforms.Conversion.MapValueToKey("Tokens", "Words")
    .Append(ml.Transforms.TokenizeWordsIntoCharacters("Characters", "Words"))
    .Append(ml.Transforms.Conversion.MapValueToKey("Label", "Tags"))
    .Append(ml.MulticlassClassification.Trainers.SequenceTagger(Resumable("tags", "Label", "Tokens", "Characters")))
    .Append(ml.Transforms.Conversion.MapKeyToValue("Predicted", "PredictedLabel")), "Score");

// Texts as characters.
Check("texts", sentences, () => ml.Transforms.TokenizeIntoCharacters("Features", "Text")
    .Append(ml.BinaryClassification.Trainers.Gru("IsQuestion", hiddenSize: 8, numberOfEpochs: 3)), "Probability");

RowByRow();
if (trains)
{
    TrainFurther();
    GoThroughOnnx();
    FailToSave();
}

// Trains and saves, or takes the saved; the scores are the same either way.
void Check(string name, IDataView data, Func<IEstimator<ITransformer>> make, string column)
{
    string file = Path.Combine(folder, name + ".zip");
    if (trains)
    {
        ITransformer model;
        try
        {
            // Options with a checkpoint stop here, after two epochs, and go on below.
            model = make().Fit(data);
        }
        catch (OperationCanceledException)
        {
            model = make().Fit(data);
        }
        ml.Model.Save(model, data.Schema, file);
        Console.WriteLine($"{name}: {Describe(model, data, column)}");
    }
    ITransformer loaded = new MLContext().Model.Load(file, out _);
    Console.WriteLine($"{name}, loaded: {Describe(loaded, data, column)}");
}

RecurrentOptions Resumable(string name, string label, params string[] features)
{
    string checkpoint = Path.Combine(folder, name + ".ckpt");
    var cancellation = new CancellationTokenSource();
    return new RecurrentOptions
    {
        LabelColumnName = label,
        FeatureColumnNames = features is [] ? ["Features"] : features,
        Layers = [new LstmLayer(8) { Bidirectional = features is not [], Dropout = 0.1f }],
        UseCrf = features is not [],
        NumberOfEpochs = 5,
        ValidationFraction = 0.2,
        CheckpointPath = checkpoint,
        CheckpointInterval = TimeSpan.Zero,
        CancellationToken = cancellation.Token,
        Progress = File.Exists(checkpoint) ? new EpochWatch(_ => { }) : new EpochWatch(epoch => { if (epoch == 2) cancellation.Cancel(); }),
        IgnoredWarnings = [RecurrentWarning.FlatFeatures],
        Seed = 1,
    };
}

// An engine that remembers rows, whose state goes through a file.
void RowByRow()
{
    ITransformer model = ml.Model.Load(Path.Combine(folder, "windows.zip"), out _);
    Day[] recent = [.. Day.Generate(count: 40, seed: 2)];
    using var engine = ml.Model.CreateSequenceEngine<Day, Forecasted>(model);
    foreach (Day day in recent[..20])
        engine.Predict(day);
    using var state = new MemoryStream();
    engine.SaveState(state);
    state.Position = 0;
    using var other = ml.Model.CreateSequenceEngine<Day, Forecasted>(model);
    other.LoadState(state);
    Console.WriteLine($"row by row: {string.Join(' ', recent[20..].Select(day => other.Predict(day).Forecast))}");

    ITransformer tagger = ml.Model.Load(Path.Combine(folder, "tags.zip"), out _);
    using var tags = ml.Model.CreatePredictionEngine<Sentence, Tagged>(tagger);
    Console.WriteLine(string.Join(' ', tags.Predict(new Sentence { Words = ["they", "plan", "a", "walk"], Tags = [] }).Predicted));
}

void TrainFurther()
{
    var chain = (TransformerChain<ITransformer>)ml.Model.Load(Path.Combine(folder, "texts.zip"), out _);
    RecurrentTransformer before = chain.OfType<RecurrentTransformer>().Single();
    IDataView prepared = new TransformerChain<ITransformer>([.. chain.TakeWhile(part => part != before)]).Transform(sentences);
    RecurrentTransformer after = ml.BinaryClassification.Trainers.Gru("IsQuestion", hiddenSize: 8, numberOfEpochs: 2).Fit(prepared, before);
    Console.WriteLine($"trained further: {Describe(after, prepared, "Probability")}");
    CalibratedBinaryClassificationMetrics metrics = ml.BinaryClassification.Evaluate(after.Transform(prepared), "IsQuestion");
    Console.WriteLine($"accuracy {metrics.Accuracy:R}, log-loss {metrics.LogLoss:R}");
}

void GoThroughOnnx()
{
    string file = Path.Combine(folder, "tags.onnx");
    var chain = (TransformerChain<ITransformer>)ml.Model.Load(Path.Combine(folder, "tags.zip"), out _);
    chain.OfType<RecurrentTransformer>().Single().SaveAsOnnx(file);
    IDataView scored = chain.Transform(sentences);
    Console.WriteLine($"through ONNX: {Describe(RecurrentModel.LoadOnnx(file), scored, "Score")}");
}

// The old file stays, whatever happens to the new one.
void FailToSave()
{
    string file = Path.Combine(folder, "texts.zip");
    byte[] before = File.ReadAllBytes(file);
    // ML.NET cannot save a mapping without a contract.
    ITransformer model = ml.Transforms.TokenizeIntoCharacters("Features", "Text")
        .Append(ml.Transforms.CustomMapping<Sentence, Tagged>((_, _) => { }, contractName: null)).Fit(sentences);
    bool failed = false;
    try
    {
        using (FileStream stream = File.Create(file + ".new"))
            ml.Model.Save(model, sentences.Schema, stream);
        File.Move(file + ".new", file, overwrite: true);
    }
    catch (InvalidOperationException)
    {
        failed = true;
    }
    Console.WriteLine($"a save failed: {failed}, the old file is whole: {before.AsSpan().SequenceEqual(File.ReadAllBytes(file))}");
}

static string Describe(ITransformer model, IDataView data, string column)
{
    IDataView scored = model.Transform(data);
    float[] scores = scored.Schema[column].Type is VectorDataViewType
        ? [.. scored.GetColumn<float[]>(column).SelectMany(row => row)]
        : [.. scored.GetColumn<float>(column)];
    return $"{scores.Length} scores, {XxHash3.HashToUInt64(MemoryMarshal.AsBytes(scores.AsSpan())):x16}";
}

public class EpochWatch(Action<int> epochDone) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress progress)
    {
        if (progress.IsEpochDone)
            epochDone(progress.Epoch);
    }
}

public class Day
{
    public DateTime Time { get; set; }

    public string Shop { get; set; } = "";

    public float Kind { get; set; }

    public float Amount { get; set; }

    public static IEnumerable<Day> Generate(int count, int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
        {
            int shop = i % 4;
            yield return new Day
            {
                Time = new DateTime(2025, 1, 1).AddDays(i / 4),
                Shop = $"shop {shop}",
                Kind = shop % 2,
                Amount = i % 11 == 10 ? float.NaN : (float)(10 * (shop + 1) + i / 4 % 7 + random.NextDouble()),
            };
        }
    }
}

public class Forecasted
{
    public float Forecast { get; set; }
}

public class Sentence
{
    public string[] Words { get; set; } = [];

    public string[] Tags { get; set; } = [];

    public string Text { get; set; } = "";

    public bool IsQuestion { get; set; }

    public static IEnumerable<Sentence> Generate(int count, int seed)
    {
        string[] both = ["walk", "plan", "play", "work", "dance", "talk"];
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
        {
            bool asks = random.Next(2) == 0;
            string first = both[random.Next(6)], second = both[random.Next(6)];
            string[] words = asks ? ["do", "they", first, "a", second] : ["the", first, "we", second];
            yield return new Sentence
            {
                Words = words,
                Tags = asks ? ["verb", "pronoun", "verb", "article", "noun"] : ["article", "noun", "pronoun", "verb"],
                Text = string.Join(' ', words),
                IsQuestion = asks,
            };
        }
    }
}

public class Tagged
{
    public string[] Predicted { get; set; } = [];
}
