using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Reproductions.Defaults;

/// <summary>A split of a set as ML.NET reads it, on which trainers are fitted and scored.</summary>
internal sealed class Contest(SuiteSet set, SuiteSplit split)
{
    public SuiteSet Set => set;

    public SuiteSplit Split => split;

    /// <summary>Fits a trainer behind the transforms that make its columns, and scores it on the test rows.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="features">Makes the column <c>Input</c>.</param>
    /// <param name="trainer">Reads <c>Input</c>, and the labels from <c>Label</c>.</param>
    /// <param name="validates">Whether the test rows say which epoch is the best.</param>
    public Outcome Score(MLContext ml, IEstimator<ITransformer> features, IEstimator<ITransformer> trainer, bool validates = false)
    {
        IDataView training = View(ml, Split.Training), test = View(ml, Split.Test);
        ITransformer labels = Labels(ml).Append(features).Fit(training);
        IDataView prepared = ml.Data.Cache(labels.Transform(training));
        var watch = Stopwatch.StartNew();
        ITransformer model = trainer is RecurrentTrainer recurrent && validates
            ? recurrent.Fit(prepared, labels.Transform(test))
            : trainer.Fit(prepared);
        double seconds = watch.Elapsed.TotalSeconds;
        Outcome outcome = Evaluate(ml, model.Transform(labels.Transform(test)));
        return outcome with { Seconds = seconds, Training = (model as RecurrentTransformer)?.Training };
    }

    /// <summary>Fits a recurrent trainer and scores it on the test rows.</summary>
    public Outcome Score(RecurrentOptions options, bool validates = false)
    {
        var ml = new MLContext(options.Seed);
        options.FeatureColumnName = "Input";
        return Score(ml, Steps(ml), Set.Task switch
        {
            SuiteTask.Binary => ml.BinaryClassification.Trainers.Recurrent(options),
            SuiteTask.Multiclass => ml.MulticlassClassification.Trainers.Recurrent(options),
            SuiteTask.Regression => ml.Regression.Trainers.Recurrent(options),
            _ => ml.MulticlassClassification.Trainers.SequenceTagger(options),
        }, validates);
    }

    /// <summary>Both parts of the split with the columns that transforms make.</summary>
    public (IDataView Training, IDataView Test) Prepare(MLContext ml, IEstimator<ITransformer> features)
    {
        IDataView training = View(ml, Split.Training);
        ITransformer model = Labels(ml).Append(features).Fit(training);
        return (model.Transform(training), model.Transform(View(ml, Split.Test)));
    }

    private IEstimator<ITransformer> Steps(MLContext ml) => Set.Features > 0
        ? ml.Transforms.CopyColumns("Input", nameof(Example.Features))
        : ml.Transforms.Conversion.MapValueToKey("Input", nameof(Example.Words));

    private EstimatorChain<ITransformer> Labels(MLContext ml) => new EstimatorChain<ITransformer>().Append<ITransformer>(Set.Task switch
    {
        SuiteTask.Binary => ml.Transforms.Conversion.MapValue("Label", IsSecondClass(), nameof(Example.Class)),
        SuiteTask.Multiclass => ml.Transforms.Conversion.MapValueToKey("Label", nameof(Example.Class)),
        SuiteTask.Regression => ml.Transforms.CopyColumns("Label", nameof(Example.Value)),
        _ => ml.Transforms.Conversion.MapValueToKey("Label", nameof(Example.Tags)),
    });

    private Dictionary<string, bool> IsSecondClass()
    {
        string[] classes = [.. Split.Training.Select(row => row.Class).Distinct().Order(StringComparer.Ordinal)];
        return new() { [classes[0]] = false, [classes[1]] = true };
    }

    private Outcome Evaluate(MLContext ml, IDataView scored)
    {
        switch (Set.Task)
        {
            case SuiteTask.Binary:
                BinaryClassificationMetrics binary = ml.BinaryClassification.EvaluateNonCalibrated(scored);
                bool isCalibrated = scored.Schema.GetColumnOrNull("Probability") is not null;
                return new(binary.Accuracy, isCalibrated ? ml.BinaryClassification.Evaluate(scored).LogLoss : null);
            case SuiteTask.Multiclass:
                MulticlassClassificationMetrics classes = ml.MulticlassClassification.Evaluate(scored);
                return new(classes.MicroAccuracy, classes.LogLoss / Math.Log(2));
            case SuiteTask.Regression:
                return new(ml.Regression.Evaluate(scored).RootMeanSquaredError, null);
            default:
                return new(TagScore(ml, scored), null);
        }
    }

    /// <summary>Whether all sequences have the same number of steps.</summary>
    public bool HasFixedLength { get; } = split.Training.Concat(split.Test).Select(row => row.Features.Length).Distinct().Count() == 1;

    private IDataView View(MLContext ml, Example[] rows)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Example));
        if (Set.Features > 0)
        {
            int steps = HasFixedLength ? rows[0].Features.Length / Set.Features : 0;
            schema[nameof(Example.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, steps, Set.Features);
        }
        return ml.Data.LoadFromEnumerable(rows, schema);
    }

    private double TagScore(MLContext ml, IDataView scored)
    {
        IDataView found = ml.Transforms.Conversion.MapKeyToValue("Found", "PredictedLabel").Fit(scored).Transform(scored);
        return TagScore(found.GetColumn<string[]>("Found"));
    }

    /// <summary>The accuracy of all tags, or the F1 of those that mean something.</summary>
    public double TagScore(IEnumerable<string[]> predicted)
    {
        double right = 0, found = 0, wanted = 0;
        foreach ((string[] tags, Example row) in predicted.Zip(Split.Test))
        {
            for (int t = 0; t < tags.Length; t++)
            {
                found += tags[t] != Set.OutsideTag ? 1 : 0;
                wanted += row.Tags[t] != Set.OutsideTag ? 1 : 0;
                right += tags[t] != Set.OutsideTag && tags[t] == row.Tags[t] ? 1 : 0;
            }
        }
        return 2 * right / Math.Max(1, found + wanted);
    }
}

/// <summary>What a trainer reached on the test rows.</summary>
/// <param name="Score">The accuracy, the F1, or the root mean squared error.</param>
/// <param name="LogLoss">The mean cross-entropy of classes, in bits.</param>
internal sealed record Outcome(double Score, double? LogLoss)
{
    /// <summary>The time of the training.</summary>
    public double Seconds { get; init; }

    /// <summary>How a recurrent network was trained.</summary>
    public TrainingSummary? Training { get; init; }
}
