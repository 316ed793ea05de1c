using Microsoft.ML;
using Microsoft.ML.Runtime;
using MlNetRecurrent.Interop;
using MlNetRecurrent.Sequences.Maps;

[assembly: LoadableClass(typeof(RowMapTransformer), null, typeof(SignatureLoadModel), "Sequence transform", RowMapTransformer.LoaderSignature)]

namespace MlNetRecurrent.Sequences.Maps;

/// <content>How ML.NET saves the transform and finds the way back to it.</content>
internal sealed partial class RowMapTransformer
{
    internal const string LoaderSignature = "MlNetRecurrentRowMap";

    private static RowMapTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        context.CheckAtModel(Version());
        RowMap map = TransformFile.Read<RowMap>(context.Reader, FileBudget.Of(context));
        map.Validate();
        return new(map);
    }

    void ICanSaveModel.Save(ModelSaveContext context)
    {
        context.CheckAtModel();
        context.SetVersionInfo(Version());
        TransformFile.Write(context.Writer, map);
    }

    private static VersionInfo Version() => LoaderVersion.Of("MLNRSEQM", LoaderSignature);
}
