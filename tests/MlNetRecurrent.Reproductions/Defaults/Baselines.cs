using System.Numerics.Tensors;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Reproductions.Defaults;

/// <summary>What a user of ML.NET has without recurrent networks, on the same rows: vectors of a fixed length, or bags of words.</summary>
internal static class Baselines
{
    /// <summary>Sequences of several lengths, and long ones, are brought to so many steps.</summary>
    private const int Steps = 16;

    private const int MostNumbers = 1500, MostNeighbors = 4000, MostIterations = 100;

    /// <summary>The scores by the name of the method.</summary>
    public static IEnumerable<(string Name, Outcome Outcome)> Score(Contest contest)
    {
        if (contest.Set.Task == SuiteTask.Tagging)
        {
            yield return ("linear", MostFrequentTag(contest));
            yield break;
        }
        var ml = new MLContext(1);
        IEstimator<ITransformer> features = Features(ml, contest);
        yield return ("linear", contest.Score(ml, features, Linear(ml, contest.Set.Task)));
        yield return ("forest", contest.Score(ml, features, Forest(ml, contest.Set.Task)));
        yield return ("neighbor", Neighbor(ml, contest, features));
    }

    private static IEstimator<ITransformer> Linear(MLContext ml, SuiteTask task) => task switch
    {
        SuiteTask.Binary => ml.BinaryClassification.Trainers
            .SdcaLogisticRegression(featureColumnName: "Input", maximumNumberOfIterations: MostIterations),
        SuiteTask.Multiclass => ml.MulticlassClassification.Trainers
            .SdcaMaximumEntropy(featureColumnName: "Input", maximumNumberOfIterations: MostIterations),
        _ => ml.Regression.Trainers.Sdca(featureColumnName: "Input"),
    };

    private static IEstimator<ITransformer> Forest(MLContext ml, SuiteTask task) => task switch
    {
        SuiteTask.Binary => ml.BinaryClassification.Trainers.FastTree(featureColumnName: "Input", minimumExampleCountPerLeaf: 2),
        SuiteTask.Multiclass => ml.MulticlassClassification.Trainers.OneVersusAll(
            ml.BinaryClassification.Trainers.FastTree(featureColumnName: "Input", minimumExampleCountPerLeaf: 2)),
        _ => ml.Regression.Trainers.FastTree(featureColumnName: "Input"),
    };

    private static IEstimator<ITransformer> Features(MLContext ml, Contest contest)
    {
        if (contest.Set.Features == 0)
        {
            return ml.Transforms.Conversion.MapValueToKey("Keys", nameof(Example.Words))
                .Append(ml.Transforms.Text.ProduceNgrams("Input", "Keys", ngramLength: 1, useAllLengths: false));
        }
        int features = contest.Set.Features, numbers = contest.Split.Training[0].Features.Length;
        int length = contest.HasFixedLength && numbers <= MostNumbers ? numbers : Steps * features;
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Flat));
        schema[nameof(Flat.Numbers)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, length);
        void Map(Example row, Flat flat) => flat.Numbers = Resample(row.Features, features, length / features);
        return ml.Transforms.CustomMapping<Example, Flat>(Map, null, outputSchemaDefinition: schema)
            .Append(ml.Transforms.NormalizeMeanVariance("Input", nameof(Flat.Numbers), fixZero: false));
    }

    /// <summary>A sequence at so many points of time, the same for all rows.</summary>
    private static float[] Resample(float[] sequence, int features, int steps)
    {
        int length = sequence.Length / features;
        if (length == steps)
            return sequence;
        float[] resampled = new float[steps * features];
        for (int t = 0; t < steps; t++)
        {
            double place = (double)t / (steps - 1) * (length - 1);
            int before = Math.Min((int)place, Math.Max(0, length - 2)), after = Math.Min(before + 1, length - 1);
            for (int feature = 0; feature < features; feature++)
            {
                float first = sequence[before * features + feature], second = sequence[after * features + feature];
                resampled[t * features + feature] = float.Lerp(first, second, (float)(place - before));
            }
        }
        return resampled;
    }

    /// <summary>The label of the training row whose vector is nearest.</summary>
    private static Outcome Neighbor(MLContext ml, Contest contest, IEstimator<ITransformer> features)
    {
        (IDataView training, IDataView test) = contest.Prepare(ml, features);
        float[][] known = [.. training.GetColumn<float[]>("Input").Take(MostNeighbors)];
        Example[] rows = contest.Split.Training, wanted = contest.Split.Test;
        double[] misses = [.. test.GetColumn<float[]>("Input").AsParallel().AsOrdered().Select((vector, i) =>
        {
            Example nearest = rows[Enumerable.Range(0, known.Length).MinBy(row => TensorPrimitives.Distance(vector, known[row]))];
            return contest.Set.Task == SuiteTask.Regression ? Math.Pow(nearest.Value - wanted[i].Value, 2)
                : nearest.Class == wanted[i].Class ? 1 : 0;
        })];
        return new(contest.Set.Task == SuiteTask.Regression ? Math.Sqrt(misses.Average()) : misses.Average(), null);
    }

    /// <summary>Each word's most frequent tag, and the most frequent of all for a new word.</summary>
    private static Outcome MostFrequentTag(Contest contest)
    {
        (string Word, string Tag)[] known = [.. contest.Split.Training.SelectMany(row => row.Words.Zip(row.Tags))];
        string usual = MostFrequent(known);
        Dictionary<string, string> tagOf = known.GroupBy(pair => pair.Word).ToDictionary(word => word.Key, MostFrequent);
        string[] Tags(Example row) => [.. row.Words.Select(word => tagOf.GetValueOrDefault(word, usual))];
        return new(contest.TagScore(contest.Split.Test.Select(Tags)), null);
    }

    private static string MostFrequent(IEnumerable<(string Word, string Tag)> pairs) =>
        pairs.CountBy(pair => pair.Tag).MaxBy(tag => tag.Value).Key;

    private sealed class Flat
    {
        public float[] Numbers { get; set; } = [];
    }
}
