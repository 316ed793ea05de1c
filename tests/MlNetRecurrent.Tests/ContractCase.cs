using System.Collections.Concurrent;
using Microsoft.ML;
using Trainer = System.Func<Microsoft.ML.MLContext, int, MlNetRecurrent.RecurrentTrainer>;

namespace MlNetRecurrent.Tests;

/// <summary>A trainer and a kind of column to learn from: every trainer must do the same with every column.</summary>
/// <param name="ml">The context.</param>
/// <param name="trainer">The catalog and the method that makes the trainer.</param>
/// <param name="column">The kind of the feature column.</param>
internal sealed class ContractCase(MLContext ml, string trainer, string column)
{
    /// <summary>To make views takes ML.NET longer than all that is done with them here.</summary>
    private static readonly ConcurrentDictionary<(string, int, int), IDataView> _data = new();

    /// <summary>
    /// The trainers that the catalogs offer, by catalog and method, some with labels that are vectors. Each takes the number of features a
    /// step, 0 where the column has it.
    /// </summary>
    public static IReadOnlyDictionary<string, Trainer> Trainers { get; } = new Dictionary<string, Trainer>
    {
        ["BinaryClassification.ElmanRnn"] = (ml, _) => ml.BinaryClassification.Trainers.ElmanRnn(
            "Answer", "Features", "Weight", hiddenSize: 4, numberOfEpochs: 2),
        ["BinaryClassification.Lstm"] = (ml, _) => ml.BinaryClassification.Trainers.Lstm(
            "Answer", "Features", "Weight", hiddenSize: 4, numberOfEpochs: 2),
        ["BinaryClassification.Gru"] = (ml, _) => ml.BinaryClassification.Trainers.Gru(
            "Answer", "Features", "Weight", hiddenSize: 4, numberOfEpochs: 2),
        ["BinaryClassification.PyramidalRnn"] = (ml, _) => ml.BinaryClassification.Trainers.PyramidalRnn(
            "Answer", "Features", "Weight", hiddenSize: 3, numberOfEpochs: 2, numberOfLevels: 1),
        ["BinaryClassification.StackRnn"] = (ml, _) => ml.BinaryClassification.Trainers.StackRnn(
            "Answer", "Features", "Weight", hiddenSize: 4, numberOfEpochs: 2, numberOfStacks: 2, stackSize: 3),
        ["BinaryClassification.DeepRnn"] = (ml, _) => ml.BinaryClassification.Trainers.DeepRnn(
            TwoLayers, "Answer", "Features", "Weight", numberOfEpochs: 2),
        ["BinaryClassification.Recurrent"] = (ml, features) => ml.BinaryClassification.Trainers.Recurrent(Options("Answer", features)),
        ["BinaryClassification.Recurrent of vectors"] = (ml, features) => ml.BinaryClassification.Trainers.Recurrent(
            Options("Answers", features)),
        ["BinaryClassification.SequenceTagger"] = (ml, features) => ml.BinaryClassification.Trainers.SequenceTagger(
            Options("StepAnswers", features)),
        ["MulticlassClassification.ElmanRnn"] = (ml, _) => ml.MulticlassClassification.Trainers.ElmanRnn(
            "Class", "Features", "Weight", hiddenSize: 4, numberOfEpochs: 2),
        ["MulticlassClassification.Lstm"] = (ml, _) => ml.MulticlassClassification.Trainers.Lstm(
            "Class", "Features", "Weight", hiddenSize: 4, numberOfEpochs: 2),
        ["MulticlassClassification.Gru"] = (ml, _) => ml.MulticlassClassification.Trainers.Gru(
            "Class", "Features", "Weight", hiddenSize: 4, numberOfEpochs: 2),
        ["MulticlassClassification.PyramidalRnn"] = (ml, _) => ml.MulticlassClassification.Trainers.PyramidalRnn(
            "Class", "Features", "Weight", hiddenSize: 3, numberOfEpochs: 2, numberOfLevels: 1),
        ["MulticlassClassification.StackRnn"] = (ml, _) => ml.MulticlassClassification.Trainers.StackRnn(
            "Class", "Features", "Weight", hiddenSize: 4, numberOfEpochs: 2, numberOfStacks: 2, stackSize: 3),
        ["MulticlassClassification.DeepRnn"] = (ml, _) => ml.MulticlassClassification.Trainers.DeepRnn(
            TwoLayers, "Class", "Features", "Weight", numberOfEpochs: 2),
        ["MulticlassClassification.Recurrent"] = (ml, features) => ml.MulticlassClassification.Trainers.Recurrent(
            Options("Class", features)),
        ["MulticlassClassification.SequenceTagger"] = (ml, features) => ml.MulticlassClassification.Trainers.SequenceTagger(
            Options("Tags", features)),
        ["MulticlassClassification.SequenceTagger with a CRF"] = (ml, features) =>
        {
            RecurrentOptions options = Options("Tags", features);
            (options.UseCrf, options.NumberOfAlternatives) = (true, 3);
            return ml.MulticlassClassification.Trainers.SequenceTagger(options);
        },
        ["Regression.ElmanRnn"] = (ml, _) => ml.Regression.Trainers.ElmanRnn(
            "Value", "Features", "Weight", hiddenSize: 4, numberOfEpochs: 2),
        ["Regression.Lstm"] = (ml, _) => ml.Regression.Trainers.Lstm("Value", "Features", "Weight", hiddenSize: 4, numberOfEpochs: 2),
        ["Regression.Gru"] = (ml, _) => ml.Regression.Trainers.Gru("Value", "Features", "Weight", hiddenSize: 4, numberOfEpochs: 2),
        ["Regression.PyramidalRnn"] = (ml, _) => ml.Regression.Trainers.PyramidalRnn(
            "Value", "Features", "Weight", hiddenSize: 3, numberOfEpochs: 2, numberOfLevels: 1),
        ["Regression.StackRnn"] = (ml, _) => ml.Regression.Trainers.StackRnn(
            "Value", "Features", "Weight", hiddenSize: 4, numberOfEpochs: 2, numberOfStacks: 2, stackSize: 3),
        ["Regression.DeepRnn"] = (ml, _) => ml.Regression.Trainers.DeepRnn(TwoLayers, "Value", "Features", "Weight", numberOfEpochs: 2),
        ["Regression.Recurrent"] = (ml, features) => ml.Regression.Trainers.Recurrent(Options("Value", features)),
        ["Regression.Recurrent of vectors"] = (ml, features) => ml.Regression.Trainers.Recurrent(Options("Values", features)),
        ["Regression.SequenceTagger"] = (ml, features) => ml.Regression.Trainers.SequenceTagger(Options("StepValues", features)),
    };

    /// <summary>Trainers that read or learn several columns.</summary>
    private static readonly Dictionary<string, Trainer> _severalInputs = new()
    {
        ["Regression.Recurrent with further outputs"] = (ml, features) => ml.Regression.Trainers.Recurrent(With(
            Options("Value", features), new("Answer", OutputTask.BinaryClassification), new("Class", OutputTask.MulticlassClassification),
            new("Values", OutputTask.Regression) { Name = "Both", LossWeight = 0.3f })),
        ["MulticlassClassification.SequenceTagger with further outputs"] = (ml, features) =>
        {
            RecurrentOptions options = With(
                Options("Tags", features), new("StepAnswers", OutputTask.BinaryClassification),
                new("Class", OutputTask.MulticlassClassification), new("Value", OutputTask.Regression),
                new("StepValues", OutputTask.Regression));
            options.UseCrf = true;
            return ml.MulticlassClassification.Trainers.SequenceTagger(options);
        },
        ["MulticlassClassification.Recurrent with static columns"] = (ml, features) => ml.MulticlassClassification.Trainers.Recurrent(
            Options("Class", features, "Flag", "Key", "Vector")),
        ["Regression.Recurrent with two sequences"] = (ml, features) => ml.Regression.Trainers.Recurrent(
            Options("Value", features, "Tags")),
    };

    private static IEnumerable<string> AllTrainers => Trainers.Keys.Concat(_severalInputs.Keys);

    /// <summary>One of each task, with all columns that a model can add.</summary>
    public static IReadOnlyList<string> TrainersWithOptions { get; } =
    [
        "BinaryClassification.Recurrent", "MulticlassClassification.Recurrent",
        "MulticlassClassification.SequenceTagger", "MulticlassClassification.SequenceTagger with a CRF", "Regression.Recurrent",
        "BinaryClassification.Recurrent of vectors", "BinaryClassification.SequenceTagger",
        "Regression.Recurrent of vectors", "Regression.SequenceTagger",
    ];

    /// <summary>Every trainer with every kind of column.</summary>
    public static TheoryData<string, string> All =>
        [.. AllTrainers.SelectMany(_ => FeatureColumn.Kinds.Keys, (trainer, column) => (trainer, column))];

    /// <summary>Every trainer with some kind of column, and every kind of column with a trainer of every task.</summary>
    public static TheoryData<string, string> Some =>
        [.. AllTrainers.SelectMany((trainer, i) => KindsFor(trainer, i), (trainer, column) => (trainer, column))];

    private static IEnumerable<string> KindsFor(string trainer, int i) =>
        TrainersWithOptions.Contains(trainer)
            ? FeatureColumn.Kinds.Keys
            : [FeatureColumn.Kinds.Keys.ElementAt(i % FeatureColumn.Kinds.Count)];

    public RecurrentTrainer Trainer { get; } =
        (Trainers.GetValueOrDefault(trainer) ?? _severalInputs[trainer])(
            ml, FeatureColumn.Kinds[column].SaysFeatures ? 0 : FeaturesOf(trainer));

    public string LabelColumnName { get; } = trainer switch
    {
        _ when trainer.StartsWith("MulticlassClassification.SequenceTagger", StringComparison.Ordinal) => "Tags",
        "BinaryClassification.SequenceTagger" => "StepAnswers",
        "Regression.SequenceTagger" => "StepValues",
        "BinaryClassification.Recurrent of vectors" => "Answers",
        "Regression.Recurrent of vectors" => "Values",
        _ when trainer.StartsWith("MulticlassClassification", StringComparison.Ordinal) => "Class",
        _ when trainer.StartsWith("BinaryClassification", StringComparison.Ordinal) => "Answer",
        _ => "Value",
    };

    /// <summary>Rows of which the classes and tags are keys.</summary>
    public IDataView Data(int count = 30) => _data.GetOrAdd((column, FeaturesOf(trainer), count), Load);

    private static IDataView Load((string Column, int Features, int Count) key)
    {
        var ml = new MLContext();
        IDataView rows = FeatureColumn.Kinds[key.Column].Load(ml, key.Count, key.Features);
        IDataView classes = ml.Data.LoadFromEnumerable([new { Class = "class 0" }, new { Class = "class 1" }, new { Class = "class 2" }]);
        IDataView tags = ml.Data.LoadFromEnumerable([new { Tags = 0.5 }, new { Tags = 1.5 }, new { Tags = 2.5 }]);
        return ml.Transforms.Conversion.MapValueToKey("Class", keyData: classes)
            .Append(ml.Transforms.Conversion.MapValueToKey("Tags", keyData: tags))
            .Append(ml.Transforms.Concatenate("Answers", "Answer", "Flag"))
            .Append(ml.Transforms.Concatenate("Values", "Value", "Weight"))
            .Fit(rows).Transform(rows);
    }

    public RecurrentTransformer Fit() => Trainer.Fit(Data());

    private static RecurrentLayer[] TwoLayers => [new GruLayer(3) { Bidirectional = true, Dropout = 0.1f }, new ElmanLayer(4)];

    /// <summary>What plain vectors hold: where the trainer has no option to say it, one number a step.</summary>
    private static int FeaturesOf(string trainer) => TrainersWithOptions.Contains(trainer) || _severalInputs.ContainsKey(trainer) ? 2 : 1;

    /// <summary>The columns that the network reads.</summary>
    public string[] InputColumnNames { get; } = trainer switch
    {
        "MulticlassClassification.Recurrent with static columns" => ["Features", "Flag", "Key", "Vector"],
        "Regression.Recurrent with two sequences" => ["Features", "Tags"],
        _ => ["Features"],
    };

    private static RecurrentOptions With(RecurrentOptions options, params AdditionalOutput[] outputs)
    {
        options.AdditionalOutputs = outputs;
        return options;
    }

    private static RecurrentOptions Options(string label, int features, params string[] further) => new()
    {
        FeatureColumnNames = ["Features", .. further.Where(name => name == "Tags")],
        StaticColumnNames = [.. further.Where(name => name != "Tags")],
        LabelColumnName = label,
        ExampleWeightColumnName = "Weight",
        NumberOfFeatures = features,
        Layers = [new LstmLayer(4) { Bidirectional = true }, new StackLayer(4) { NumberOfStacks = 2, StackSize = 3 }],
        EmbeddingSize = 3,
        Pooling = SequencePooling.Mean,
        EncodingColumnName = "Encoding",
        StackActionsColumnName = "Actions",
        NumberOfEpochs = 2,
        Seed = 1,
    };
}
