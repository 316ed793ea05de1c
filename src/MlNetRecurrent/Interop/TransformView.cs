using Microsoft.ML.Model.OnnxConverter;

namespace MlNetRecurrent.Interop;

/// <summary>
/// A view that a transformer of this library makes of another. ML.NET's exports follow the sources of views. They treat a view without a
/// source as the source of the data, so that the transformer and those before it would be lost.
/// </summary>
/// <param name="source">The other view.</param>
/// <param name="component">The transformer, by the name that users know.</param>
internal abstract class TransformView(IDataView source, string component) : ITransformCanSaveOnnx
{
    public abstract DataViewSchema Schema { get; }

    public abstract bool CanShuffle { get; }

    /// <summary>The other view.</summary>
    public IDataView Source => source;

    public abstract long? GetRowCount();

    public abstract DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null);

    public abstract DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null);

    /// <summary>The column of the other view that a column passes on; <see langword="null"/> where the transformer makes it.</summary>
    public abstract DataViewSchema.Column? SourceOf(DataViewSchema.Column column);

    /// <summary>
    /// Called by <c>ConvertToOnnx</c>. If the result were false, it could still write a file without the transformer.
    /// </summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    bool ICanSaveOnnx.CanSaveOnnx(OnnxContext ctx) => throw CannotConvert();

    void ISaveAsOnnx.SaveAsOnnx(OnnxContext ctx) => throw CannotConvert();

    /// <summary>ML.NET saves transformers, not views.</summary>
    void ICanSaveModel.Save(ModelSaveContext ctx) =>
        throw new NotSupportedException($"The view that {component} makes cannot be saved; mlContext.Model.Save saves the transformer.");

    private InvalidOperationException CannotConvert() => new(
        $"ML.NET's ConvertToOnnx cannot convert {component}. SaveAsOnnx of the package MlNetRecurrent.Onnx writes a recurrent network as " +
        "ONNX, alone or with the transforms before it that ONNX can express. " +
        $"If {component} prepares the data and is no part of the model, give ConvertToOnnx the data as mlContext.Data.Cache returns it.");
}
