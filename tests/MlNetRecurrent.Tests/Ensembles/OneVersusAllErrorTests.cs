using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Ensembles;

public sealed class OneVersusAllErrorTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Only_a_binary_trainer_of_sequences_is_taken()
    {
        AssertRefused(_ml.MulticlassClassification.Trainers.Lstm(), "this one is for the task MulticlassClassification.");
        AssertRefused(_ml.Regression.Trainers.Lstm(), "this one is for the task Regression.");
        AssertRefused(_ml.BinaryClassification.Trainers.SequenceTagger(), "this one is for the task ");
    }

    [Fact]
    public void Options_that_networks_of_classes_cannot_have_are_named()
    {
        AssertRefused(
            Binary(options => options.AdditionalOutputs = [new("Other", OutputTask.Regression)]),
            "OneVersusAll does not support the option AdditionalOutputs of the binary trainer: one label column is learned.");
        AssertRefused(Binary(options => options.EncodingColumnName = "Encoding"), "option EncodingColumnName");
        AssertRefused(
            Binary(options => (options.Layers, options.StackActionsColumnName) = ([new StackLayer(4)], "Actions")),
            "option StackActionsColumnName");
        AssertRefused(Binary(options => options.CheckpointPath = "checkpoint"), "option CheckpointPath");
        AssertRefused(Binary(options => options.KeepModelWhenCancelled = true), "option KeepModelWhenCancelled");
    }

    [Fact]
    public void The_label_column_is_that_of_OneVersusAll()
    {
        AssertRefused(
            _ml.BinaryClassification.Trainers.Lstm("Class"),
            "The label column of the binary trainer is 'Class', that of OneVersusAll 'Label'.");
        IDataView rows = _ml.Data.LoadFromEnumerable(Example.Generate(60));
        IDataView keyed = _ml.Transforms.Conversion.MapValueToKey("Class", "Label").Fit(rows).Transform(rows);
        foreach (string name in (string[])["Label", "Class"])
        {
            RecurrentTrainer binary = Binary(options => options.LabelColumnName = name);
            ITransformer model = _ml.MulticlassClassification.Trainers.OneVersusAll(binary, "Class").Fit(keyed);
            Assert.Equal(3, ((VectorDataViewType)model.GetOutputSchema(keyed.Schema)["Score"].Type).Size);
        }
    }

    [Fact]
    public void A_label_that_is_no_key_is_refused_before_a_row_is_read()
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(Example.Generate(60));
        Assert.Contains(
            "Label column 'Label' is String; expected a key (MapValueToKey makes keys of values).",
            Assert.Throws<ArgumentOutOfRangeException>(() => OneVersusAll().Fit(rows)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_without_a_row_is_named_before_a_network_is_trained()
    {
        IDataView keys = _ml.Data.LoadFromEnumerable(new[] { "red", "purple", "green", "blue", "pink" }.Select(key => new { Label = key }));
        IDataView rows = _ml.Data.LoadFromEnumerable(Example.Generate(60));
        IDataView keyed = _ml.Transforms.Conversion.MapValueToKey("Label", keyData: keys).Fit(rows).Transform(rows);
        Assert.StartsWith(
            "No row has the label 'purple', 'pink' of column 'Label', so that no network can learn to tell it from the others.",
            Assert.Throws<InvalidOperationException>(() => OneVersusAll().Fit(keyed)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_that_are_all_the_same_or_all_missing_are_refused()
    {
        Example[] same = Example.Generate(20);
        foreach (Example example in same)
            example.Label = "red";
        IDataView rows = _ml.Data.LoadFromEnumerable(same);
        IDataView keyed = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(rows).Transform(rows);
        Assert.Equal(
            "All rows have the same label in column 'Label', 'red': there is nothing to tell apart.",
            Assert.Throws<InvalidOperationException>(() => OneVersusAll().Fit(keyed)).Message);
        IDataView others = _ml.Data.LoadFromEnumerable(new[] { "x", "y" }.Select(key => new { Label = key }));
        IDataView missing = _ml.Transforms.Conversion.MapValueToKey("Label", keyData: others).Fit(rows).Transform(rows);
        Assert.Equal(
            "No row has a label in column 'Label'.",
            Assert.Throws<InvalidOperationException>(() => OneVersusAll().Fit(missing)).Message);
    }

    private IEstimator<ITransformer> OneVersusAll() => _ml.MulticlassClassification.Trainers.OneVersusAll(Binary(_ => { }));

    private RecurrentTrainer Binary(Action<RecurrentOptions> change)
    {
        RecurrentOptions options = Example.QuickOptions();
        change(options);
        return _ml.BinaryClassification.Trainers.Recurrent(options);
    }

    private void AssertRefused(RecurrentTrainer trainer, string expected) => Assert.Contains(
        expected,
        Assert.Throws<ArgumentException>("binaryEstimator", () => _ml.MulticlassClassification.Trainers.OneVersusAll(trainer)).Message,
        StringComparison.Ordinal);
}
