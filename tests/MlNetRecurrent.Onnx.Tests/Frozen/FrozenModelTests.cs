using System.Globalization;
using System.Runtime.Intrinsics.X86;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Onnx.Tests.Frozen;

/// <summary>
/// Models and ONNX files of the version before the redesign give the same scores, and the same trainings give the same weights.
/// </summary>
public sealed class FrozenModelTests
{
    private readonly MLContext _ml = new(seed: 1);

    public static TheoryData<string, string, string> Cases => [.. FrozenNetworks.Cases];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_model_gives_the_same_outputs_bit_for_bit(string network, string task, string column)
    {
        string name = FrozenNetworks.NameOf(network, task, column);
        ITransformer model = _ml.Model.Load(FrozenFolder.PathOf(name + ".zip"), out _);
        Bits.AssertSame(FrozenFolder.ReadLine("scores.txt", name), Outputs(_ml, model));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_ONNX_file_gives_the_same_scores_bit_for_bit(string network, string task, string column)
    {
        string name = FrozenNetworks.NameOf(network, task, column);
        using var session = new OnnxSession(FrozenFolder.PathOf(name + ".onnx"), column);
        ITransformer model = _ml.Model.Load(FrozenFolder.PathOf(name + ".zip"), out _);
        SequenceRow[] rows = FrozenNetworks.Scored();
        float[][] scores = ExportTests.Scores(model.Transform(_ml.Data.LoadFromEnumerable(rows)), task);
        float[] inOnnxRuntime = [.. session.Run(rows, withLengths: true).SelectMany(row => row)];
        Assert.All(scores.SelectMany(row => row).Zip(inOnnxRuntime), pair =>
            Assert.Equal(pair.First, pair.Second, 1e-4f * Math.Max(1, Math.Abs(pair.First))));
        RecurrentTransformer read = RecurrentModel.LoadOnnx(FrozenFolder.PathOf(name + ".onnx"));
        Bits.AssertSame(FrozenFolder.ReadLine("onnx.txt", name), Outputs(_ml, read));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_same_training_gives_the_same_weights_bit_for_bit(string network, string task, string column)
    {
        Assert.SkipUnless(Fma.IsSupported, "Without fused multiply-add the last bits differ.");
        string name = FrozenNetworks.NameOf(network, task, column);
        RecurrentTransformer model = FrozenNetworks.Trainer(_ml, network, task, column).Fit(FrozenNetworks.Training(_ml));
        Assert.Equal(FrozenFolder.ReadLine("trainings.txt", name), Summary(_ml, model));
    }

    /// <summary>Writes the files of cases that have none.</summary>
    [Fact(Explicit = true)]
    public void Freeze()
    {
        foreach ((string network, string task, string column) in FrozenNetworks.Cases)
        {
            string name = FrozenNetworks.NameOf(network, task, column);
            if (File.Exists(FrozenFolder.PathOf(name + ".zip")))
                continue;
            IDataView data = FrozenNetworks.Training(_ml);
            RecurrentTransformer model = FrozenNetworks.Trainer(_ml, network, task, column).Fit(data);
            _ml.Model.Save(model, data.Schema, FrozenFolder.PathOf(name + ".zip"));
            model.SaveAsOnnx(FrozenFolder.PathOf(name + ".onnx"));
            FrozenFolder.AddLine("scores.txt", name, Bits.Write(Outputs(_ml, model)));
            FrozenFolder.AddLine("trainings.txt", name, Summary(_ml, model));
            FrozenFolder.AddLine("onnx.txt", name, Bits.Write(Outputs(_ml, RecurrentModel.LoadOnnx(FrozenFolder.PathOf(name + ".onnx")))));
        }
    }

    /// <summary>The losses of a training, and the hash of all outputs on many rows, in which a difference in any weight shows.</summary>
    internal static string Summary(MLContext ml, RecurrentTransformer model)
    {
        TrainingSummary training = model.Training;
        string hash = Bits.Hash(Outputs(ml, model, SequenceRow.Generate(300, seed: 3)));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{training.Epochs} epochs, best {training.BestEpoch}, loss {training.FinalLoss:R}, "
            + $"validation loss {training.ValidationLoss:R}, outputs {hash}");
    }

    /// <summary>All numbers that the model adds to the rows, column by column.</summary>
    private static float[] Outputs(MLContext ml, ITransformer model, SequenceRow[]? rows = null)
    {
        IDataView data = ml.Data.LoadFromEnumerable(rows ?? FrozenNetworks.Scored());
        return OutputsOf(model, data);
    }

    /// <summary>All numbers that the model adds to a view, column by column.</summary>
    internal static float[] OutputsOf(ITransformer model, IDataView data)
    {
        IDataView scored = model.Transform(data);
        IEnumerable<DataViewSchema.Column> added = scored.Schema.Where(column => data.Schema.GetColumnOrNull(column.Name) is null);
        return [.. added.SelectMany(column => Numbers(scored, column))];
    }

    private static IEnumerable<float> Numbers(IDataView view, DataViewSchema.Column column) => column.Type switch
    {
        NumberDataViewType => view.GetColumn<float>(column),
        BooleanDataViewType => view.GetColumn<bool>(column).Select(value => value ? 1f : 0f),
        KeyDataViewType => view.GetColumn<uint>(column).Select(key => (float)key),
        VectorDataViewType { ItemType: BooleanDataViewType } =>
            view.GetColumn<bool[]>(column).SelectMany(values => values.Select(value => value ? 1f : 0f)),
        VectorDataViewType { ItemType: KeyDataViewType } =>
            view.GetColumn<uint[]>(column).SelectMany(keys => keys.Select(key => (float)key)),
        _ => view.GetColumn<float[]>(column).SelectMany(values => values),
    };
}
