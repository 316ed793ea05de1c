using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Reproductions.Defaults;

/// <summary>A split of a set as ML.NET reads it, on which trainers are fitted and scored.</summary>
internal sealed class Contest
{
    private readonly SuiteSet _set;
    private readonly SuiteSplit _split;

    public Contest(SuiteSet set, SuiteSplit split)
    {
        _set = set;
        _split = split;
    }

    /// <summary>Fits a recurrent trainer and scores it on the test rows.</summary>
    public Outcome Score(RecurrentOptions options)
    {
        var ml = new MLContext(options.Seed);
        IDataView scored = Pipeline(ml, options).Fit(View(ml, _split.Training)).Transform(View(ml, _split.Test));
        switch (_set.Task)
        {
            case SuiteTask.Binary:
                CalibratedBinaryClassificationMetrics binary = ml.BinaryClassification.Evaluate(scored);
                return new(binary.Accuracy, binary.LogLoss);
            case SuiteTask.Multiclass:
                MulticlassClassificationMetrics classes = ml.MulticlassClassification.Evaluate(scored);
                return new(classes.MicroAccuracy, classes.LogLoss / Math.Log(2));
            case SuiteTask.Regression:
                return new(ml.Regression.Evaluate(scored, labelColumnName: nameof(Example.Value)).RootMeanSquaredError, null);
            default:
                return new(TagScore(ml, scored), null);
        }
    }

    private IEstimator<ITransformer> Pipeline(MLContext ml, RecurrentOptions options)
    {
        var features = _set.Features > 0
            ? (IEstimator<ITransformer>)ml.Transforms.CopyColumns("Input", nameof(Example.Features))
            : ml.Transforms.Conversion.MapValueToKey("Input", nameof(Example.Words));
        options.FeatureColumnName = "Input";
        switch (_set.Task)
        {
            case SuiteTask.Binary:
                string[] classes = [.. _split.Training.Select(row => row.Class).Distinct().Order(StringComparer.Ordinal)];
                var isSecond = new Dictionary<string, bool> { [classes[0]] = false, [classes[1]] = true };
                return features.Append(ml.Transforms.Conversion.MapValue("Label", isSecond, nameof(Example.Class))).Append(ml.BinaryClassification.Trainers.Recurrent(options));
            case SuiteTask.Multiclass:
                return features.Append(ml.Transforms.Conversion.MapValueToKey("Label", nameof(Example.Class))).Append(ml.MulticlassClassification.Trainers.Recurrent(options));
            case SuiteTask.Regression:
                options.LabelColumnName = nameof(Example.Value);
                return features.Append(ml.Regression.Trainers.Recurrent(options));
            default:
                return features.Append(ml.Transforms.Conversion.MapValueToKey("Label", nameof(Example.Tags))).Append(ml.MulticlassClassification.Trainers.SequenceTagger(options));
        }
    }

    private IDataView View(MLContext ml, Example[] rows)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Example));
        if (_set.Features > 0)
        {
            bool isFixed = _split.Training.Concat(_split.Test).All(row => row.Features.Length == rows[0].Features.Length);
            schema[nameof(Example.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, isFixed ? rows[0].Features.Length / _set.Features : 0, _set.Features);
        }
        return ml.Data.LoadFromEnumerable(rows, schema);
    }

    /// <summary>The accuracy of all tags, or the F1 of those that mean something.</summary>
    private double TagScore(MLContext ml, IDataView scored)
    {
        if (_set.OutsideTag is null)
            return ml.MulticlassClassification.EvaluateSequences(scored).TokenAccuracy;
        scored = ml.Transforms.Conversion.MapKeyToValue("Found", "PredictedLabel").Fit(scored).Transform(scored);
        double right = 0, found = 0, wanted = 0;
        foreach ((string[] tags, Example row) in scored.GetColumn<string[]>("Found").Zip(_split.Test))
        {
            for (int t = 0; t < tags.Length; t++)
            {
                found += tags[t] != _set.OutsideTag ? 1 : 0;
                wanted += row.Tags[t] != _set.OutsideTag ? 1 : 0;
                right += tags[t] != _set.OutsideTag && tags[t] == row.Tags[t] ? 1 : 0;
            }
        }
        return 2 * right / Math.Max(1, found + wanted);
    }
}

/// <summary>What a trainer reached on the test rows.</summary>
/// <param name="Score">The accuracy, the F1, or the root mean squared error.</param>
/// <param name="LogLoss">The mean cross-entropy of classes, in bits.</param>
internal sealed record Outcome(double Score, double? LogLoss);
